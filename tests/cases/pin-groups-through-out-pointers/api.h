// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct pinctrl_dev;

struct pinctrl_ops {
	const char *(*get_group_name)(struct pinctrl_dev *pctl, u32 group);
	int (*get_group_pins)(struct pinctrl_dev *pctl, u32 group, const u32 **pins, u32 *npins);
	int (*set_mux)(struct pinctrl_dev *pctl, u32 function, u32 group);
};

struct pinctrl_desc {
	const char *name;
	u32 ngroups;
	const struct pinctrl_ops *ops;
};

struct pinctrl_dev {
	const struct pinctrl_desc *desc;
	u8 owner[8];
	void *drvdata;
};

struct pinctrl_dev *pinctrl_register(const struct pinctrl_desc *desc, void *drvdata);
int pinctrl_select(struct pinctrl_dev *pctl, const char *group, u32 function);
