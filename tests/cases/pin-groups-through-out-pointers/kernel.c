// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct pinctrl_dev *only;

struct pinctrl_dev *pinctrl_register(const struct pinctrl_desc *desc, void *drvdata)
{
	kernel_only();
	only = kzalloc(sizeof(*only), 0);
	only->desc = desc;
	only->drvdata = drvdata;
	only->owner[4] = desc->name[0] == 'x' ? 0x80 : 0;
	return only;
}

int pinctrl_select(struct pinctrl_dev *pctl, const char *group, u32 function)
{
	const struct pinctrl_ops *ops = pctl->desc->ops;
	const u32 *pins = NULL;
	u32 npins = 0;
	kernel_only();
	for (u32 g = 0; g < pctl->desc->ngroups; g++) {
		if (ops->get_group_name(pctl, g)[0] != group[0])
			continue;
		ops->get_group_pins(pctl, g, &pins, &npins);
		for (u32 i = 0; i < npins; i++) {
			if (pctl->owner[pins[i]] & 0x7f)
				return -16;
			pctl->owner[pins[i]] |= g + 1;
		}
		return ops->set_mux(pctl, function, g);
	}
	return -22;
}

int later(void)
{
	const u32 *reg = only->drvdata;
	int sum;
	kernel_only();
	sum = pinctrl_select(only, "i2c", 1) * 10 + pinctrl_select(only, "none", 1);
	only->owner[4] &= 0x80;
	sum += pinctrl_select(only, "i2c", 2) * 100;
	sum += pinctrl_select(only, "spi", 5) * 1000;
	return sum + reg[0] + reg[1] + only->owner[6];
}
