// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct hw;

struct cops {
	u64 (*recalc)(struct hw *h, u64 parent);
	int (*set_rate)(struct hw *h, u64 rate, u64 parent);
};

struct init {
	const char *name;
	const struct cops *ops;
	const char *const *parents;
	u8 n;
	u64 flags;
};
struct core;

struct hw {
	struct core *core;
	const struct init *init;
};

int clk_register(struct hw *h);
