// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct bank {
	u32 mux;
	int muxed;
};

struct function {
	const char *name;
	const char *const *groups;
	unsigned ngroups;
};

struct soc_pinctrl {
	struct pinctrl_dev *pctl;
	struct bank *banks;
	u32 writes;
};

static struct bank banks[2];
static const unsigned uart_pins[] = {0, 1};
static const unsigned spi_pins[] = {2, 3, 4};
static const unsigned uart_alt_pins[] = {4, 5};

static const struct {
	const char *name;
	const unsigned *pins;
	unsigned npins;
} groups[] = {{"uart0_a", uart_pins, 2}, {"spi0_a", spi_pins, 3}, {"uart0_b", uart_alt_pins, 2}};

static const char *const uart_groups[] = {"uart0_a", "uart0_b"};
static const char *const spi_groups[] = {"spi0_a"};
static const struct function functions[] = {{"uart0", uart_groups, 2}, {"spi0", spi_groups, 1}};

static const struct pinctrl_pin_desc pins[] = {
	{0, "PA0", &banks[0]}, {1, "PA1", &banks[0]}, {2, "PA2", &banks[0]},
	{3, "PB0", &banks[1]}, {4, "PB1", &banks[1]}, {5, "PB2", &banks[1]},
};

static int soc_groups_count(struct pinctrl_dev *pctldev)
{
	return sizeof(groups) / sizeof(groups[0]);
}

static const char *soc_group_name(struct pinctrl_dev *pctldev, unsigned selector)
{
	return groups[selector].name;
}

static int soc_group_pins(
	struct pinctrl_dev *pctldev, unsigned selector, const unsigned **pins, unsigned *num_pins)
{
	*pins = groups[selector].pins;
	*num_pins = groups[selector].npins;
	return 0;
}

static int soc_functions_count(struct pinctrl_dev *pctldev)
{
	return 2;
}

static const char *soc_function_name(struct pinctrl_dev *pctldev, unsigned selector)
{
	return functions[selector].name;
}

static int soc_function_groups(struct pinctrl_dev *pctldev, unsigned selector,
	const char *const **groups, unsigned *num_groups)
{
	*groups = functions[selector].groups;
	*num_groups = functions[selector].ngroups;
	return 0;
}

static int soc_set_mux(struct pinctrl_dev *pctldev, unsigned function, unsigned group)
{
	struct soc_pinctrl *soc = pinctrl_dev_get_drvdata(pctldev);

	for (unsigned i = 0; i < groups[group].npins; i++) {
		unsigned pin = groups[group].pins[i];
		struct bank *bank = pins[pin].drv_data;

		bank->mux |= (function + 1) << (2 * (pin % 3));
		bank->muxed++;
		soc->writes++;
	}
	report(soc->banks[0].mux);
	report(soc->banks[1].mux);
	return soc->writes;
}

static const struct pinctrl_ops soc_pctlops = {
	soc_groups_count, soc_group_name, soc_group_pins};
static const struct pinmux_ops soc_pmxops = {
	soc_functions_count, soc_function_name, soc_function_groups, soc_set_mux};
static const struct pinctrl_desc soc_desc = {"soc-pinctrl", pins, 6, &soc_pctlops, &soc_pmxops};

static int soc_probe(void)
{
	struct soc_pinctrl *soc = kzalloc(sizeof(*soc), 0);
	int ret;

	if (!soc)
		return -12;
	soc->banks = banks;
	ret = pinctrl_register_and_init(&soc_desc, soc, &soc->pctl);
	if (ret) {
		kfree(soc);
		return ret;
	}
	report(pin_get_from_name(soc->pctl, "PB1"));
	return pinctrl_enable(soc->pctl);
}

module_init(soc_probe);
