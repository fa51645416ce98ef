// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct regulator_dev *devs[2];
static u32 ndevs;

struct regulator_dev *regulator_register(const struct regulator_desc *desc, void *data)
{
	struct regulator_dev *rdev = kzalloc(sizeof(*rdev), 0);
	kernel_only();
	rdev->desc = desc;
	rdev->reg_data = data;
	return devs[ndevs++] = rdev;
}

int regulator_list_voltage_table(struct regulator_dev *rdev, u32 selector)
{
	kernel_only();
	return rdev->desc->volt_table[selector];
}

int regulator_map_voltage_iterate(struct regulator_dev *rdev, int min_uV, int max_uV)
{
	kernel_only();
	for (u32 i = 0; i < rdev->desc->n_voltages; i++) {
		int v = rdev->desc->ops->list_voltage(rdev, i);
		if (v >= min_uV && v <= max_uV)
			return i;
	}
	return -22;
}

int regulator_set_voltage(struct regulator_dev *rdev, int min_uV, int max_uV)
{
	const struct regulator_ops *ops = rdev->desc->ops;
	int err, sel = ops->map_voltage(rdev, min_uV, max_uV);
	kernel_only();
	err = sel < 0 ? sel : ops->set_voltage_sel(rdev, sel);
	if (err)
		return err;
	return ops->list_voltage(rdev, sel);
}

int later(void)
{
	int v = regulator_set_voltage(devs[0], 1700, 1900) * 1000;
	kernel_only();
	return v + regulator_set_voltage(devs[1], 900, 950);
}
