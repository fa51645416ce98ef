// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct pin_desc {
	u32 number;
	const char *name;
	void *drv_data;
};

struct pinctrl_dev;

struct pinctrl_ops {
	int (*get_groups_count)(struct pinctrl_dev *pctl);
	const char *(*get_group_name)(struct pinctrl_dev *pctl, u32 group);
	int (*get_group_pins)(struct pinctrl_dev *pctl, u32 group, const u32 **pins, u32 *num_pins);
};

struct pinmux_ops {
	int (*get_function_groups)(struct pinctrl_dev *pctl, u32 function,
		const char *const **groups, u32 *num_groups);
	int (*set_mux)(struct pinctrl_dev *pctl, u32 function, u32 group);
};

struct pinctrl_desc {
	const char *name;
	const struct pin_desc *pins;
	u32 npins;
	const struct pinctrl_ops *pctlops;
	const struct pinmux_ops *pmxops;
};

struct pinctrl_dev *kpinctrl_register(struct pinctrl_desc *desc, void *data);
void *kpinctrl_drvdata(struct pinctrl_dev *pctl);
int kpinctrl_owner(struct pinctrl_dev *pctl, u32 pin);
