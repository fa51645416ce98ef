// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_group {
	const char *name;
	const u32 *pins;
	u32 npins;
};

static const u32 x_uart[] = {1, 4}, x_spi[] = {2, 3, 5}, x_i2c[] = {4, 6};
static const struct x_group x_groups[] = {
	{"uart", x_uart, 2}, {"spi", x_spi, 3}, {"i2c", x_i2c, 2}};

static const char *x_name(struct pinctrl_dev *pctl, u32 group)
{
	return x_groups[group].name;
}

static int x_pins(struct pinctrl_dev *pctl, u32 group, const u32 **pins, u32 *npins)
{
	*pins = x_groups[group].pins;
	*npins = x_groups[group].npins;
	return 0;
}

static int x_set_mux(struct pinctrl_dev *pctl, u32 function, u32 group)
{
	u32 *reg = pctl->drvdata;
	for (u32 i = 0; i < x_groups[group].npins; i++)
		reg[x_groups[group].pins[i] / 4] += pctl->owner[x_groups[group].pins[i]] * function;
	return reg[0];
}

static const struct pinctrl_ops x_ops = {x_name, x_pins, x_set_mux};
static const struct pinctrl_desc x_desc = {"x", 3, &x_ops};

static int x_init(void)
{
	u32 *reg = kzalloc(2 * sizeof *reg, 0);
	struct pinctrl_dev *pctl = pinctrl_register(&x_desc, reg);
	report(pinctrl_select(pctl, "uart", 3));
	report(reg[0] * 1000 + reg[1] + pctl->owner[4]);
	return 0;
}
module_init(x_init);
