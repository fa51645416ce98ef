// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define KERR_PTR(err) ((void *)(long)(err))
#define KPTR_ERR(p) ((long)(p))
#define KIS_ERR(p) ((unsigned long)(p) >= -4095UL)

struct kclk_hw;
struct kclk_core;

struct krate_request {
	struct kclk_core *core;
	unsigned long rate, min_rate, max_rate, best_parent_rate;
	struct kclk_hw *best_parent;
};

struct kduty {
	u32 num, den;
};

struct kclk_ops {
	int (*prepare)(struct kclk_hw *hw);
	void (*unprepare)(struct kclk_hw *hw);
	int (*is_enabled)(struct kclk_hw *hw);
	unsigned long (*recalc)(struct kclk_hw *hw, unsigned long parent);
	int (*determine)(struct kclk_hw *hw, struct krate_request *req);
	int (*set_rate)(struct kclk_hw *hw, unsigned long rate, unsigned long parent);
	int (*set_parent)(struct kclk_hw *hw, u8 index);
	u8 (*get_parent)(struct kclk_hw *hw);
	int (*get_duty)(struct kclk_hw *hw, struct kduty *duty);
	int (*init)(struct kclk_hw *hw);
	void (*terminate)(struct kclk_hw *hw);
};

struct kparent_data {
	const char *name;
	int index;
};

struct kclk_init {
	const char *name;
	const struct kclk_ops *ops;
	const char *const *parent_names;
	const struct kparent_data *parent_data;
	u8 num_parents;
	unsigned long flags;
};

struct kclk_hw {
	struct kclk_core *core;
	const struct kclk_init *init;
};

struct kdiv_table {
	u32 val, div;
};

struct konecell {
	u32 num;
	struct kclk_hw *hws[];
};

struct kspec {
	u32 args_count, args[3];
};

struct krate_change {
	struct kclk_core *core;
	unsigned long old, new;
};

struct kclk_nb {
	int (*call)(struct kclk_nb *nb, unsigned long action, void *data);
	struct kclk_nb *next;
};

int kclk_register(struct kclk_hw *hw);
void kclk_unregister(struct kclk_hw *hw);
struct kclk_hw *kclk_parent_by_index(struct kclk_hw *hw, u32 index);
unsigned long kclk_rate(struct kclk_hw *hw);
u32 kclk_num_parents(const struct kclk_hw *hw);
const char *kclk_name(const struct kclk_hw *hw);
int kclk_notifier(struct kclk_hw *hw, struct kclk_nb *nb);
int kprovider_add(struct kclk_hw *(*get)(struct kspec *spec, void *data), void *data);
void kprovider_exit(void (*exit)(void *data));
