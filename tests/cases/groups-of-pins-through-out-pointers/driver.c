// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct group {
	const char *name;
	const u32 *pins;
	u32 npins;
};

struct chip {
	struct pinctrl_desc desc;
	struct pinctrl_dev *pctl;
	u32 mux[4];
	u32 writes;
};

static const u32 uart_pins[] = {1, 2};
static const u32 spi_pins[] = {3, 4, 5, 6};
static const u32 led_pins[] = {0};

static const struct group groups[] = {
	{"uart", uart_pins, 2},
	{"spi", spi_pins, 4},
	{"led", led_pins, 1},
};

static const char *const serial_groups[] = {"uart", "spi"};
static const char *const gpio_groups[] = {"led", "uart", "spi"};

static const struct pin_desc pins[] = {
	{0, "p0"},
	{1, "p1-tx"},
	{2, "p2-rx"},
	{3, "p3"},
	{4, "p4"},
	{5, "p5"},
	{6, "p6-cs"},
};

static int groups_count(struct pinctrl_dev *pctl)
{
	return sizeof(groups) / sizeof(groups[0]);
}

static const char *group_name(struct pinctrl_dev *pctl, u32 group)
{
	return groups[group].name;
}

static int group_pins(struct pinctrl_dev *pctl, u32 group, const u32 **list, u32 *num)
{
	if (group >= 3)
		return -22;
	*list = groups[group].pins;
	*num = groups[group].npins;
	return 0;
}

static int function_groups(
	struct pinctrl_dev *pctl, u32 function, const char *const **list, u32 *num)
{
	if (function == 0) {
		*list = serial_groups;
		*num = 2;
	} else {
		*list = gpio_groups;
		*num = 3;
	}
	return 0;
}

static int set_mux(struct pinctrl_dev *pctl, u32 function, u32 group)
{
	struct chip *chip = kpinctrl_drvdata(pctl);

	for (u32 i = 0; i < groups[group].npins; i++) {
		u32 pin = groups[group].pins[i];

		chip->mux[pin / 2] &= ~(0xfu << (pin % 2 * 4));
		chip->mux[pin / 2] |= (function + 1) << (pin % 2 * 4);
		chip->writes++;
	}
	report(chip->mux[0] + chip->mux[1] * 1000);
	return chip->mux[3] ? 1 : 0;
}

static const struct pinctrl_ops pctlops = {groups_count, group_name, group_pins};
static const struct pinmux_ops pmxops = {function_groups, set_mux};

static int x_init(void)
{
	struct chip *chip = kzalloc(sizeof(*chip), 0);

	chip->desc.name = "x-pins";
	chip->desc.pins = pins;
	chip->desc.npins = 7;
	chip->desc.pctlops = &pctlops;
	chip->desc.pmxops = &pmxops;
	chip->pctl = kpinctrl_register(&chip->desc, chip);
	if (!chip->pctl)
		return -12;
	for (u32 i = 0; i < 7; i++)
		report(kpinctrl_owner(chip->pctl, i));
	report(chip->writes);
	return 0;
}

module_init(x_init);
