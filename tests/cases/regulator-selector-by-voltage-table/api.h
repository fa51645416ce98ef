// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct regulator_dev;

struct regulator_ops {
	int (*map_voltage)(struct regulator_dev *rdev, int min_uV, int max_uV);
	int (*list_voltage)(struct regulator_dev *rdev, u32 selector);
	int (*set_voltage_sel)(struct regulator_dev *rdev, u32 selector);
};

struct regulator_desc {
	const char *name;
	const struct regulator_ops *ops;
	u32 n_voltages;
	const u32 *volt_table;
};

struct regulator_dev {
	const struct regulator_desc *desc;
	void *reg_data;
};

struct regulator_dev *regulator_register(const struct regulator_desc *desc, void *data);
int regulator_list_voltage_table(struct regulator_dev *rdev, u32 selector);
int regulator_map_voltage_iterate(struct regulator_dev *rdev, int min_uV, int max_uV);
int regulator_set_voltage(struct regulator_dev *rdev, int min_uV, int max_uV);
