// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct pmic {
	u8 regs[16];
	int reads, writes;
	struct regmap *map;
	int enabled[2];
};

static int pmic_reg_read(void *context, unsigned reg, unsigned *val)
{
	struct pmic *pmic = context;

	if (reg >= sizeof(pmic->regs))
		return -5;
	pmic->reads++;
	*val = pmic->regs[reg];
	return 0;
}

static int pmic_reg_write(void *context, unsigned reg, unsigned val)
{
	struct pmic *pmic = context;

	if (reg >= sizeof(pmic->regs))
		return -5;
	pmic->writes++;
	pmic->regs[reg] = val;
	return 0;
}

static int pmic_enable(struct regulator_dev *rdev)
{
	struct pmic *pmic = rdev_get_drvdata(rdev);
	int id = rdev_get_id(rdev);

	pmic->enabled[id]++;
	return regmap_update_bits(pmic->map, 0, 1 << id, 1 << id);
}

static const struct regmap_bus pmic_bus = {pmic_reg_read, pmic_reg_write};
static const struct linear_range buck_ranges[] = {{600000, 0, 49, 10000}, {1100000, 50, 63, 50000}};
static const struct linear_range ldo_ranges[] = {{1800000, 0, 7, 100000}};

static const struct regulator_ops pmic_ops = {
	.list_voltage = regulator_list_voltage_linear_range,
	.set_voltage_sel = regulator_set_voltage_sel_regmap,
	.get_voltage_sel = regulator_get_voltage_sel_regmap,
	.enable = pmic_enable,
};

static const struct regulator_desc pmic_descs[] = {
	{"buck", 0, &pmic_ops, 64, buck_ranges, 2, 4, 0x3f},
	{"ldo", 1, &pmic_ops, 8, ldo_ranges, 1, 5, 0x70},
};

static int pmic_probe(void)
{
	struct pmic *pmic = kzalloc(sizeof(*pmic), 0);
	unsigned val = 0;

	pmic->regs[5] = 0x8f;
	pmic->map = regmap_init(&pmic_bus, pmic);
	for (int i = 0; i < 2; i++) {
		struct regulator_config config = {
			.driver_data = pmic, .regmap = pmic->map, .min_uV = i ? 2500000 : 1150000};
		struct regulator_dev *rdev = regulator_register(&pmic_descs[i], &config);

		if (!rdev)
			return -22;
		report(pmic_descs[i].ops->get_voltage_sel(rdev));
		report(pmic->regs[4 + i]);
	}
	report(regmap_read(pmic->map, 0, &val));
	report(val);
	report(regmap_read(pmic->map, 99, &val));
	report(pmic->reads * 100 + pmic->writes);
	return 0;
}

module_init(pmic_probe);
