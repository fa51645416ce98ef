// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct regulator_dev;

struct regmap_bus {
	int (*reg_read)(void *context, unsigned reg, unsigned *val);
	int (*reg_write)(void *context, unsigned reg, unsigned val);
};

struct linear_range {
	unsigned min;
	unsigned min_sel;
	unsigned max_sel;
	unsigned step;
};

struct regulator_ops {
	int (*list_voltage)(struct regulator_dev *rdev, unsigned selector);
	int (*set_voltage_sel)(struct regulator_dev *rdev, unsigned selector);
	int (*get_voltage_sel)(struct regulator_dev *rdev);
	int (*enable)(struct regulator_dev *rdev);
};

struct regulator_desc {
	const char *name;
	int id;
	const struct regulator_ops *ops;
	unsigned n_voltages;
	const struct linear_range *linear_ranges;
	int n_linear_ranges;
	unsigned vsel_reg;
	unsigned vsel_mask;
};

struct regulator_config {
	void *driver_data;
	struct regmap *regmap;
	int min_uV;
};

struct regmap *regmap_init(const struct regmap_bus *bus, void *context);
int regmap_read(struct regmap *map, unsigned reg, unsigned *val);
int regmap_update_bits(struct regmap *map, unsigned reg, unsigned mask, unsigned val);
struct regulator_dev *regulator_register(
	const struct regulator_desc *desc, const struct regulator_config *config);
void *rdev_get_drvdata(struct regulator_dev *rdev);
int rdev_get_id(struct regulator_dev *rdev);
int regulator_list_voltage_linear_range(struct regulator_dev *rdev, unsigned selector);
int regulator_set_voltage_sel_regmap(struct regulator_dev *rdev, unsigned selector);
int regulator_get_voltage_sel_regmap(struct regulator_dev *rdev);
