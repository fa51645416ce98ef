// SPDX-License-Identifier: MIT
#include <linux/api.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

struct x_bank {
	u32 base, regs[4], writes;
};

struct x_group {
	const char *name;
	const u32 *pins;
	u8 npins, alt;
};

struct x_func {
	const char *name;
	const char *const *groups;
	u32 ngroups;
};

static struct x_bank banks[2] = {{.base = 0}, {.base = 4}};

static const struct kpin_desc pins[] = {{0, "PA0", &banks[0]}, {1, "PA1", &banks[0]},
	{2, "PA2", &banks[0]}, {4, "PB0", &banks[1]}, {5, "PB1", &banks[1]}, {7, "PB3", &banks[1]}};

static const u32 uart_pins[] = {0, 1}, spi_pins[] = {2, 4, 5}, pwm_pins[] = {7};
static const struct x_group groups[] = {{"uart0_grp", uart_pins, ARRAY_SIZE(uart_pins), 1},
	{"spi0_grp", spi_pins, ARRAY_SIZE(spi_pins), 2}, {"pwm_grp", pwm_pins, 1, 3}};
static const char *const uart_groups[] = {"uart0_grp"};
static const char *const bus_groups[] = {"spi0_grp", "pwm_grp"};
static const struct x_func funcs[] = {{"uart", uart_groups, 1}, {"bus", bus_groups, 2}};

struct x_pinctrl {
	struct kpin_dev *dev;
	const struct x_group *groups;
	const struct x_func *funcs;
	u32 maps;
};

static int groups_count(struct kpin_dev *p)
{
	return ARRAY_SIZE(groups);
}

static const char *group_name(struct kpin_dev *p, u32 selector)
{
	struct x_pinctrl *x = kpin_get_drvdata(p);

	return x->groups[selector].name;
}

static int group_pins(struct kpin_dev *p, u32 selector, const u32 **to, u32 *num)
{
	struct x_pinctrl *x = kpin_get_drvdata(p);

	if (selector >= ARRAY_SIZE(groups))
		return -22;
	*to = x->groups[selector].pins;
	*num = x->groups[selector].npins;
	return 0;
}

static int node_to_map(struct kpin_dev *p, struct knode *np, struct kpinmap **map, u32 *num)
{
	struct x_pinctrl *x = kpin_get_drvdata(p);
	u32 n = np->npins + (np->function ? 1 : 0), i = 0;
	struct kpinmap *new;

	if (!n)
		return -22;
	new = kzalloc(n * sizeof(*new), 0);
	if (np->function) {
		new[i].type = KMAP_MUX;
		for (u32 f = 0; f < ARRAY_SIZE(funcs); f++)
			if (!strcmp(funcs[f].name, np->function)) {
				new[i].data.mux.function = x->funcs[f].name;
				new[i].data.mux.group = x->funcs[f].groups[x->funcs[f].ngroups - 1];
			}
		if (!new[i].data.mux.function) {
			kfree(new);
			return -2;
		}
		i++;
	}
	for (u32 k = 0; k < np->npins; k++, i++) {
		unsigned long *configs = kzalloc(2 * sizeof(*configs), 0);

		configs[0] = CONFIG(DRIVE, np->strength + k);
		if (np->pull_up)
			configs[1] = CONFIG(PULL_UP, 1);
		new[i].type = KMAP_PINS;
		new[i].data.configs.group_or_pin = np->pins[k];
		new[i].data.configs.configs = configs;
		new[i].data.configs.num_configs = np->pull_up ? 2 : 1;
	}
	x->maps += n;
	*map = new;
	*num = n;
	return 0;
}

static void free_map(struct kpin_dev *p, struct kpinmap *map, u32 num)
{
	struct x_pinctrl *x = kpin_get_drvdata(p);

	for (u32 i = 0; i < num; i++)
		if (map[i].type == KMAP_PINS)
			kfree(map[i].data.configs.configs);
	kfree(map);
	x->maps -= num;
	report(x->maps);
}

static int functions_count(struct kpin_dev *p)
{
	return ARRAY_SIZE(funcs);
}

static const char *function_name(struct kpin_dev *p, u32 selector)
{
	return funcs[selector].name;
}

static int function_groups(struct kpin_dev *p, u32 selector, const char *const **to, u32 *num)
{
	*to = funcs[selector].groups;
	*num = funcs[selector].ngroups;
	return 0;
}

static int set_mux(struct kpin_dev *p, u32 function, u32 group)
{
	struct x_pinctrl *x = kpin_get_drvdata(p);
	const struct x_group *g = &x->groups[group];

	for (u32 i = 0; i < g->npins; i++) {
		struct x_bank *b = kpin_desc_get(p, g->pins[i])->drv_data;

		b->regs[g->pins[i] - b->base] |= g->alt;
		b->writes++;
		report(b->regs[g->pins[i] - b->base] * 10 + b->base);
	}
	return function;
}

static int conf_get(struct kpin_dev *p, u32 pin, unsigned long *config)
{
	const struct kpin_desc *d = kpin_desc_get(p, pin);
	struct x_bank *b;

	if (!d)
		return -22;
	b = d->drv_data;
	switch (CONFIG_PARAM(*config)) {
	case DRIVE:
		*config = CONFIG(DRIVE, b->regs[pin - b->base] >> 8 & 0xff);
		return 0;
	case PULL_UP:
		*config = CONFIG(PULL_UP, b->regs[pin - b->base] >> 4 & 1);
		return 0;
	}
	return -524;
}

static int conf_set(struct kpin_dev *p, u32 pin, unsigned long *configs, u32 num)
{
	struct x_bank *b = kpin_desc_get(p, pin)->drv_data;
	u32 *reg = &b->regs[pin - b->base];

	for (u32 i = 0; i < num; i++) {
		if (CONFIG_PARAM(configs[i]) == DRIVE)
			*reg = (*reg & ~0xff00) | CONFIG_ARG(configs[i]) << 8;
		else if (CONFIG_PARAM(configs[i]) == PULL_UP)
			*reg |= 1 << 4;
		else
			return -524;
		b->writes++;
	}
	return 0;
}

static const struct kpin_ops pctlops = {groups_count, group_name, group_pins, node_to_map, free_map};
static const struct kmux_ops pmxops = {functions_count, function_name, function_groups, set_mux};
static const struct kconf_ops confops = {conf_get, conf_set};
static struct kpin_chip chip = {"x-pins", pins, ARRAY_SIZE(pins), &pctlops, &pmxops, &confops};
static struct x_pinctrl pinctrl = {.groups = groups, .funcs = funcs};

static int x_init(void)
{
	pinctrl.dev = kpin_register(&chip, &pinctrl);
	if (!pinctrl.dev)
		return -12;
	report(kpin_desc_get(pinctrl.dev, 7)->name[1]);
	report(banks[0].writes * 10 + banks[1].writes);
	return 0;
}

module_init(x_init);
