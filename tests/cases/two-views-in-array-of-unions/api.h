// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct cfg {
	u8 type;

	union {
		struct {
			u16 lo, hi;
		} range;

		struct {
			u32 mask;
			u8 *bits;
		} map;
	} u;
};

struct ctl {
	struct cfg c[2];
	int (*set)(struct ctl *);
};

int kctl(struct ctl *c);
