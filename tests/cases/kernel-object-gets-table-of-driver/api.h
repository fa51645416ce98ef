// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dv;

struct dv_ops {
	u32 flags;
	u32 (*get)(struct dv *d);
};

struct dv {
	const struct dv_ops *ops;
	const char *label;
	u32 level;
};

struct dv *kalloc_dv(void);
int kreg(struct dv *d);
