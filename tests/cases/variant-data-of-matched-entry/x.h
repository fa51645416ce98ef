// SPDX-License-Identifier: MIT
#pragma once

#include <linux/api.h>

enum { R_CTRL, R_STAT, R_DATA, R_COUNT };

struct x_chip;

struct x_variant {
	const char *model;
	const u8 *regs;
	int (*setup)(struct x_chip *c);
	u32 (*convert)(const struct x_chip *c, u32 raw);
	u32 nports;
	u8 widths[4];
};

struct x_chip {
	struct device *dev;
	const struct x_variant *variant;
	u32 total, ports;
};

u32 x_get(struct x_chip *c, int reg);
extern const struct x_variant x_old, x_new;
