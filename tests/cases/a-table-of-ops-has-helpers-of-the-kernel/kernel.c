// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct regmap {
	const struct regmap_bus *bus;
	void *context;
};

struct regulator_dev {
	const struct regulator_desc *desc;
	struct regmap *regmap;
	void *reg_data;
};

struct regmap *regmap_init(const struct regmap_bus *bus, void *context)
{
	struct regmap *map = kzalloc(sizeof(*map), 0);

	kernel_only();
	map->bus = bus;
	map->context = context;
	return map;
}

int regmap_read(struct regmap *map, unsigned reg, unsigned *val)
{
	kernel_only();
	return map->bus->reg_read(map->context, reg, val);
}

int regmap_update_bits(struct regmap *map, unsigned reg, unsigned mask, unsigned val)
{
	unsigned orig;
	int ret = regmap_read(map, reg, &orig);

	kernel_only();
	if (ret || (orig & mask) == (val & mask))
		return ret;
	return map->bus->reg_write(map->context, reg, (orig & ~mask) | (val & mask));
}

void *rdev_get_drvdata(struct regulator_dev *rdev)
{
	return rdev->reg_data;
}

int rdev_get_id(struct regulator_dev *rdev)
{
	return rdev->desc->id;
}

int regulator_list_voltage_linear_range(struct regulator_dev *rdev, unsigned selector)
{
	for (int i = 0; i < rdev->desc->n_linear_ranges; i++) {
		const struct linear_range *r = &rdev->desc->linear_ranges[i];

		if (selector >= r->min_sel && selector <= r->max_sel)
			return r->min + (selector - r->min_sel) * r->step;
	}
	return -22;
}

int regulator_set_voltage_sel_regmap(struct regulator_dev *rdev, unsigned selector)
{
	const struct regulator_desc *desc = rdev->desc;
	unsigned lowest = desc->vsel_mask & -desc->vsel_mask;

	return regmap_update_bits(rdev->regmap, desc->vsel_reg, desc->vsel_mask, selector * lowest);
}

int regulator_get_voltage_sel_regmap(struct regulator_dev *rdev)
{
	const struct regulator_desc *desc = rdev->desc;
	unsigned val;
	int ret = regmap_read(rdev->regmap, desc->vsel_reg, &val);

	return ret ? ret : (val & desc->vsel_mask) / (desc->vsel_mask & -desc->vsel_mask);
}

struct regulator_dev *regulator_register(
	const struct regulator_desc *desc, const struct regulator_config *config)
{
	struct regulator_dev *rdev = kzalloc(sizeof(*rdev), 0);

	kernel_only();
	rdev->desc = desc;
	rdev->regmap = config->regmap;
	rdev->reg_data = config->driver_data;
	for (unsigned sel = 0; sel < desc->n_voltages; sel++)
		if (desc->ops->list_voltage(rdev, sel) >= config->min_uV) {
			desc->ops->set_voltage_sel(rdev, sel);
			desc->ops->enable(rdev);
			return rdev;
		}
	kfree(rdev);
	return NULL;
}
