// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct pin_desc {
	const char *name;
	unsigned mux_usecount;
};

struct pinctrl_dev {
	const struct pinctrl_desc *desc;
	void *driver_data;
	int enabled;
	struct pin_desc pins[8];
};

static struct pinctrl_dev *only;

int pinctrl_register_and_init(
	const struct pinctrl_desc *desc, void *driver_data, struct pinctrl_dev **pctldev)
{
	struct pinctrl_dev *made = kzalloc(sizeof(*made), 0);

	kernel_only();
	if (!made || desc->npins > 8)
		return -22;
	made->desc = desc;
	made->driver_data = driver_data;
	for (unsigned i = 0; i < desc->npins; i++)
		made->pins[desc->pins[i].number].name = desc->pins[i].name;
	only = *pctldev = made;
	return 0;
}

int pinctrl_enable(struct pinctrl_dev *pctldev)
{
	kernel_only();
	pctldev->enabled = 1;
	return 0;
}

void *pinctrl_dev_get_drvdata(struct pinctrl_dev *pctldev)
{
	return pctldev->driver_data;
}

int pin_get_from_name(struct pinctrl_dev *pctldev, const char *name)
{
	kernel_only();
	for (unsigned i = 0; i < pctldev->desc->npins; i++)
		if (!strcmp(pctldev->pins[i].name, name))
			return i;
	return -22;
}

static int pinmux_select(struct pinctrl_dev *p, const char *function, const char *group)
{
	const struct pinctrl_ops *pctlops = p->desc->pctlops;
	const struct pinmux_ops *ops = p->desc->pmxops;
	const char *const *names;
	const unsigned *pins;
	unsigned f, g = 0, n, i;

	for (f = 0; f < ops->get_functions_count(p); f++)
		if (!strcmp(ops->get_function_name(p, f), function))
			break;
	if (f == ops->get_functions_count(p) || ops->get_function_groups(p, f, &names, &n))
		return -22;
	for (i = 0; i < n; i++)
		if (!strcmp(names[i], group))
			break;
	if (i == n)
		return -2;
	while (strcmp(pctlops->get_group_name(p, g), names[i]))
		g++;
	if (pctlops->get_group_pins(p, g, &pins, &n))
		return -22;
	for (i = 0; i < n; i++)
		if (p->pins[pins[i]].mux_usecount)
			return -16;
	for (i = 0; i < n; i++)
		p->pins[pins[i]].mux_usecount++;
	return ops->set_mux(p, f, g);
}

int later(void)
{
	if (!only->enabled)
		return -1;
	report(pinmux_select(only, "uart0", "uart0_a"));
	report(pinmux_select(only, "spi0", "uart0_b"));
	report(pinmux_select(only, "spi0", "spi0_a"));
	report(pinmux_select(only, "uart0", "uart0_b"));
	report(((struct pin_desc *)only->pins)[4].mux_usecount);
	return 0;
}
