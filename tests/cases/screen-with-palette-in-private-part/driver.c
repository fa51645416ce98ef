// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_par {
	u32 palette[4];
	u32 sets;
	u8 memory[128];
};

static const struct fb_var x_var = {16, 4, 8, 0, {0, 3}, {3, 3}, {6, 2}};
static const struct fb_fix x_fix = {"x-fb", 16, 128, 2};

static int x_check(struct fb_var *var, struct fb_info *info)
{
	if (var->bpp != 8 && var->bpp != 16)
		return -22;
	if (var->xres * var->yres * var->bpp / 8 > info->fix.smem_len)
		var->yres = info->fix.smem_len * 8 / (var->xres * var->bpp);
	if (var->bpp == 16) {
		var->red = (struct fb_bits){11, 5};
		var->green = (struct fb_bits){5, 6};
		var->blue = (struct fb_bits){0, 5};
	}
	return 0;
}

static int x_set_par(struct fb_info *info)
{
	struct x_par *par = info->par;

	par->sets++;
	info->fix.line_length = info->var.xres * info->var.bpp / 8;
	info->fix.visual += par->sets;
	return 0;
}

static int x_setcolreg(u32 regno, u32 red, u32 green, u32 blue, struct fb_info *info)
{
	u32 *palette = info->pseudo_palette;
	struct fb_var *v = &info->var;

	if (regno >= 4)
		return -22;
	palette[regno] = red >> (16 - v->red.length) << v->red.offset |
			 green >> (16 - v->green.length) << v->green.offset |
			 blue >> (16 - v->blue.length) << v->blue.offset;
	return 0;
}

static int x_setcmap(struct fb_cmap *cmap, struct fb_info *info)
{
	int status = 0;

	for (u32 i = 0; i < cmap->len && !status; i++)
		status = x_setcolreg(
			cmap->start + i, cmap->red[i], cmap->green[i], cmap->blue[i], info);
	return status;
}

static void x_fill(struct fb_info *info, u32 from, u32 n, u32 color)
{
	struct x_par *par = info->par;

	for (u32 i = from; i < from + n && i < sizeof(par->memory); i++)
		info->screen[i] = par->palette[color] + i;
}

static const struct fb_ops ops = {x_check, x_set_par, x_setcolreg, x_setcmap, x_fill};

static int x_init(void)
{
	struct fb_info *info = fb_alloc(sizeof(struct x_par));
	struct x_par *par = info->par;
	int status;

	info->ops = &ops;
	info->var = x_var;
	info->fix = x_fix;
	info->screen = par->memory;
	info->pseudo_palette = par->palette;
	par->memory[100] = 77;
	status = fb_register(info);
	report(info->node * 100 + par->sets);
	report(par->palette[1]);
	return status;
}

module_init(x_init);
