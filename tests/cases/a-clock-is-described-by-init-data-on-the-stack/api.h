// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct clk_core;
struct clk_hw;

struct clk_rate_request {
	unsigned long rate;
	unsigned long min_rate;
	unsigned long max_rate;
	unsigned long best_parent_rate;
	struct clk_hw *best_parent_hw;
};

struct clk_ops {
	unsigned long (*recalc_rate)(struct clk_hw *hw, unsigned long parent_rate);
	int (*determine_rate)(struct clk_hw *hw, struct clk_rate_request *req);
	int (*set_rate)(struct clk_hw *hw, unsigned long rate, unsigned long parent_rate);
	int (*set_parent)(struct clk_hw *hw, u8 index);
	u8 (*get_parent)(struct clk_hw *hw);
};

struct clk_init_data {
	const char *name;
	const struct clk_ops *ops;
	const char *const *parent_names;
	u8 num_parents;
	unsigned long flags;
};

struct clk_hw {
	struct clk_core *core;
	const struct clk_init_data *init;
};

int strcmp(const char *a, const char *b);
int clk_hw_register(struct clk_hw *hw);
unsigned long clk_hw_get_rate(const struct clk_hw *hw);
struct clk_hw *clk_hw_get_parent_by_index(const struct clk_hw *hw, unsigned index);
