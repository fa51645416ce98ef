// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct clk_hw;

struct clk_ops {
	unsigned long (*recalc_rate)(struct clk_hw *hw, unsigned long parent_rate);
	long (*round_rate)(struct clk_hw *hw, unsigned long rate, unsigned long *parent_rate);
	int (*set_rate)(struct clk_hw *hw, unsigned long rate, unsigned long parent_rate);
};

struct clk_init_data {
	const char *name;
	const struct clk_ops *ops;
	const char *const *parent_names;
	u8 num_parents;
	unsigned long flags;
};

struct clk_core {
	char name[16];
	const struct clk_ops *ops;
	struct clk_hw *hw;
	struct clk_core *parent, *next;
	unsigned long rate;
};

struct clk_hw {
	struct clk_core *core;
	const struct clk_init_data *init;
};

struct clk_onecell {
	u32 num;
	struct clk_hw *hws[];
};

int clk_register(struct clk_hw *hw);
unsigned long clk_get_rate(const struct clk_hw *hw);
struct clk_hw *clk_onecell_get(u32 index, void *data);
int clk_add_provider(struct clk_hw *(*get)(u32 index, void *data), void *data);
size_t strlen(const char *s);
int strcmp(const char *a, const char *b);
