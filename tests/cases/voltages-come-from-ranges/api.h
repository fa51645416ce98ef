// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define KERR_PTR(err) ((void *)(long)(err))
#define KPTR_ERR(p) ((long)(p))
#define KIS_ERR(p) ((unsigned long)(p) >= -4095UL)
#define LINEAR(mv, from, to, st) {.min = mv, .min_sel = from, .max_sel = to, .step = st}

struct kreg_dev;
struct kreg_desc;
struct kreg_config;

struct knotifier {
	int (*call)(struct knotifier *nb, unsigned long event, void *data);
	struct knotifier *next;
	int priority;
};

struct krange {
	u32 min, min_sel, max_sel, step;
};

struct kreg_ops {
	int (*list_voltage)(struct kreg_dev *r, u32 selector);
	int (*set_sel)(struct kreg_dev *r, u32 selector);
	int (*get_sel)(struct kreg_dev *r);
	int (*enable)(struct kreg_dev *r);
	int (*disable)(struct kreg_dev *r);
	int (*is_enabled)(struct kreg_dev *r);
	u32 (*get_mode)(struct kreg_dev *r);
	int (*set_mode)(struct kreg_dev *r, u32 mode);
};

struct kreg_desc {
	const char *name, *supply_name;
	int id;
	u32 n_voltages;
	const struct krange *ranges;
	int n_ranges;
	const u32 *volt_table;
	u32 vsel_reg, vsel_mask, enable_mask;
	const struct kreg_ops *ops;
	int (*of_parse)(const struct kreg_desc *desc, struct kreg_config *config);
};

struct kconstraints {
	u32 min, max, always_on : 1, boot_on : 1;
};

struct kreg_config {
	void *driver_data;
	const struct kconstraints *init;
	u32 *ena_shared;
};

struct kchange {
	u32 old_mv, min_mv, max_mv;
};

struct kreg_dev *kreg_register(const struct kreg_desc *desc, const struct kreg_config *config);
void kreg_unregister(struct kreg_dev *r);
void *kreg_drvdata(struct kreg_dev *r);
int kreg_id(struct kreg_dev *r);
const struct kreg_desc *kreg_desc(struct kreg_dev *r);
int kreg_list_ranges(struct kreg_dev *r, u32 selector);
int kreg_list_table(struct kreg_dev *r, u32 selector);
int kreg_notify_add(struct kreg_dev *r, struct knotifier *nb);
int kreg_notify(struct kreg_dev *r, unsigned long event, void *data);
const struct kconstraints *kreg_constraints(const char *name);
int kreg_irq(int (*handler)(int irq, void *data), void (*remove)(void *data), void *data);
