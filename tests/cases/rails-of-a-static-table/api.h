// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct rail;

struct rail_ops {
	int (*list_voltage)(struct rail *r, u32 selector);
	int (*set_sel)(struct rail *r, u32 selector);
	int (*get_sel)(struct rail *r);
	int (*enable)(struct rail *r);
};

struct rail_desc {
	const char *name;
	int id;
	u32 n_voltages, min_uv, step_uv;
	const u32 *volt_table;
	const struct rail_ops *ops;
};

struct rail_config {
	void *driver_data;
	const char *supply;
	u8 *regs;
};

struct rail {
	const struct rail_desc *desc;
	void *data;
	int use_count;
	struct rail *next;
};

struct rail *rail_register(const struct rail_desc *desc, const struct rail_config *config);
int rail_list_table(struct rail *r, u32 selector);
int rail_list_linear(struct rail *r, u32 selector);

static inline void *rail_data(struct rail *r)
{
	return r->data;
}
