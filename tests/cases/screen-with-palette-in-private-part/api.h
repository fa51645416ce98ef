// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct fb_bits {
	u32 offset, length;
};

struct fb_var {
	u32 xres, yres, bpp, yoffset;
	struct fb_bits red, green, blue;
};

struct fb_fix {
	char id[16];
	u32 line_length, smem_len, visual;
};

struct fb_info;

struct fb_cmap {
	u32 start, len;
	u16 *red, *green, *blue;
};

struct fb_ops {
	int (*check_var)(struct fb_var *var, struct fb_info *info);
	int (*set_par)(struct fb_info *info);
	int (*setcolreg)(u32 regno, u32 red, u32 green, u32 blue, struct fb_info *info);
	int (*setcmap)(struct fb_cmap *cmap, struct fb_info *info);
	void (*fill)(struct fb_info *info, u32 from, u32 n, u32 color);
};

struct fb_info {
	struct fb_var var;
	struct fb_fix fix;
	const struct fb_ops *ops;
	u8 *screen;
	void *pseudo_palette;
	int node;
	void *par;
};

struct fb_info *fb_alloc(size_t par);
int fb_register(struct fb_info *info);
