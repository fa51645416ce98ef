// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct fb_info *fb;

struct fb_info *fb_alloc(size_t par)
{
	struct fb_info *info = kzalloc(sizeof(*info) + par, 0);

	kernel_only();
	info->par = info + 1;
	return info;
}

static int set_var(struct fb_info *info, struct fb_var *var)
{
	int status = info->ops->check_var(var, info);

	if (status)
		return status;
	info->var = *var;
	status = info->ops->set_par ? info->ops->set_par(info) : 0;
	report(var->yres * 1000 + info->fix.line_length * 10 + info->fix.visual +
		var->green.length);
	return status;
}

int fb_register(struct fb_info *info)
{
	struct fb_var var = info->var;

	kernel_only();
	fb = info;
	info->node = 3;
	report(info->fix.id[2] + var.blue.offset);
	report(set_var(info, &var));
	return info->ops->setcolreg(1, 0xffff, 0x8000, 0x4000, info);
}

static long sum(void)
{
	long s = 0;

	for (u32 i = 0; i < fb->fix.smem_len; i++)
		s = (s * 3 + fb->screen[i]) % 1000003;
	return s;
}

int later(void)
{
	u16 red[3] = {0x1234, 0xffff, 0x8000}, green[3] = {0, 0x7777, 0x4000},
	    blue[3] = {9, 0xf000, 0x3000};
	struct fb_cmap cmap = {1, 3, red, green, blue};
	struct fb_var var = fb->var;

	report(sum());
	fb->ops->fill(fb, 10, 20, 1);
	report(sum());
	var.bpp = 16;
	var.yres = 9;
	report(set_var(fb, &var));
	report(fb->ops->setcmap(&cmap, fb));
	cmap.start = 3;
	report(fb->ops->setcmap(&cmap, fb));
	fb->screen[20] ^= 0x55;
	fb->ops->fill(fb, 120, 20, 3);
	report(sum());
	report(((u32 *)fb->pseudo_palette)[3] + ((u32 *)fb->pseudo_palette)[2]);
	var.bpp = 24;
	return set_var(fb, &var);
}
