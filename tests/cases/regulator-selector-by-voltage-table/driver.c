// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_pmic {
	u8 sel[2];
	u32 steps;
};

static int x_set_sel(struct regulator_dev *rdev, u32 selector)
{
	struct x_pmic *x = rdev->reg_data;
	u8 *sel = &x->sel[rdev->desc->name[0] - 'A'];
	x->steps += selector > *sel ? selector - *sel : *sel - selector;
	*sel = selector;
	return 0;
}

static int x_list(struct regulator_dev *rdev, u32 selector)
{
	struct x_pmic *x = rdev->reg_data;
	return 600 + 25 * selector + x->steps;
}

static const u32 x_table[] = {900, 1000, 1100, 1200, 1800};
static const struct regulator_ops x_table_ops = {
	regulator_map_voltage_iterate, regulator_list_voltage_table, x_set_sel};
static const struct regulator_ops x_linear_ops = {regulator_map_voltage_iterate, x_list, x_set_sel};
static const struct regulator_desc x_desc[2] = {
	{"A", &x_table_ops, 5, x_table}, {"B", &x_linear_ops, 16, NULL}};

static int x_init(void)
{
	struct x_pmic *x = kzalloc(sizeof *x, 0);
	struct regulator_dev *a = regulator_register(&x_desc[0], x);
	struct regulator_dev *b = regulator_register(&x_desc[1], x);
	report(regulator_set_voltage(a, 950, 1150));
	report(regulator_set_voltage(b, 700, 720));
	report(x->steps);
	return 0;
}
module_init(x_init);
