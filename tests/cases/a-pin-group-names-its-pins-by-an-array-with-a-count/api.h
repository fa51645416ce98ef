// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct pinctrl_dev;

struct pinctrl_pin_desc {
	unsigned number;
	const char *name;
	void *drv_data;
};

struct pinctrl_ops {
	int (*get_groups_count)(struct pinctrl_dev *pctldev);
	const char *(*get_group_name)(struct pinctrl_dev *pctldev, unsigned selector);
	int (*get_group_pins)(struct pinctrl_dev *pctldev, unsigned selector, const unsigned **pins,
		unsigned *num_pins);
};

struct pinmux_ops {
	int (*get_functions_count)(struct pinctrl_dev *pctldev);
	const char *(*get_function_name)(struct pinctrl_dev *pctldev, unsigned selector);
	int (*get_function_groups)(struct pinctrl_dev *pctldev, unsigned selector,
		const char *const **groups, unsigned *num_groups);
	int (*set_mux)(struct pinctrl_dev *pctldev, unsigned function, unsigned group);
};

struct pinctrl_desc {
	const char *name;
	const struct pinctrl_pin_desc *pins;
	unsigned npins;
	const struct pinctrl_ops *pctlops;
	const struct pinmux_ops *pmxops;
};

int strcmp(const char *a, const char *b);
int pinctrl_register_and_init(const struct pinctrl_desc *desc, void *driver_data,
	struct pinctrl_dev **pctldev);
int pinctrl_enable(struct pinctrl_dev *pctldev);
void *pinctrl_dev_get_drvdata(struct pinctrl_dev *pctldev);
int pin_get_from_name(struct pinctrl_dev *pctldev, const char *name);
