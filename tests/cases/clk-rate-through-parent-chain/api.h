// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct clk_hw;

struct clk_ops {
	u64 (*recalc_rate)(struct clk_hw *hw, u64 parent_rate);
	int (*set_rate)(struct clk_hw *hw, u64 rate, u64 *parent_rate);
};

struct clk_init_data {
	const char *name;
	const struct clk_ops *ops;
	const char *parent_name;
};

struct clk_core {
	char name[8];
	const struct clk_ops *ops;
	struct clk_hw *hw;
	struct clk_core *parent, *next;
	u64 rate;
};

struct clk_hw {
	struct clk_core *core;
	const struct clk_init_data *init;
};

int clk_hw_register(struct clk_hw *hw);
int clk_set_rate(struct clk_hw *hw, u64 rate);
long strscpy(char *to, const char *from, size_t size);
