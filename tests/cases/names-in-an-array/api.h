// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct clk {
	u64 rate;
	const char *name;
	struct clk *parent;
};

int clk_bulk_get(int n, struct clk **out, const char *const *names);
int clk_rates(struct clk *c, u64 *rate, u64 *parent_rate, u8 *flags);
int clk_set(struct clk *c, u64 rate);
struct clk *clk_parent(struct clk *c);
