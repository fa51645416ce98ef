// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct kpin_dev {
	struct kpin_chip *desc;
	void *driver_data;
	u32 muxed;
};

static struct kpin_dev the;

struct kpin_dev *kpin_register(struct kpin_chip *chip, void *data)
{
	kernel_only();
	for (u32 i = 1; i < chip->npins; i++)
		if (chip->pins[i].number <= chip->pins[i - 1].number)
			return NULL;
	the.desc = chip;
	the.driver_data = data;
	report(chip->pctlops->get_groups_count(&the) * 10 + chip->pmxops->get_functions_count(&the));
	return &the;
}

void *kpin_get_drvdata(struct kpin_dev *p)
{
	return p->driver_data;
}

const struct kpin_desc *kpin_desc_get(struct kpin_dev *p, u32 pin)
{
	kernel_only();
	for (u32 i = 0; i < p->desc->npins; i++)
		if (p->desc->pins[i].number == pin)
			return &p->desc->pins[i];
	return NULL;
}

static int pin_by_name(const char *name)
{
	for (u32 i = 0; i < the.desc->npins; i++)
		if (!strcmp(the.desc->pins[i].name, name))
			return the.desc->pins[i].number;
	return -2;
}

static void apply(struct kpinmap *m)
{
	const struct kpin_chip *d = the.desc;

	if (m->type == KMAP_MUX) {
		for (int f = 0; f < d->pmxops->get_functions_count(&the); f++)
			for (int g = 0; g < d->pctlops->get_groups_count(&the); g++)
				if (!strcmp(d->pmxops->get_function_name(&the, f), m->data.mux.function) &&
					!strcmp(d->pctlops->get_group_name(&the, g), m->data.mux.group))
					report(d->pmxops->set_mux(&the, f, g) * 10 + g);
		return;
	}
	report(pin_by_name(m->data.configs.group_or_pin));
	for (u32 i = 0; i < m->data.configs.num_configs; i++)
		report(m->data.configs.configs[i]);
	report(d->confops->set(&the, pin_by_name(m->data.configs.group_or_pin),
		m->data.configs.configs, m->data.configs.num_configs));
}

int later(void)
{
	const char *names[2] = {"PB3", "PA1"};
	struct knode nodes[4] = {{"a", "bus", names, 2, 20, 1}, {"b", "none", names, 1, 3, 0},
		{"c", NULL, names, 0, 0, 0}, {"d", NULL, names + 1, 1, 200, 0}};
	const struct kpin_chip *d = the.desc;
	unsigned long config, odd[2] = {CONFIG(DRIVE, 77), CONFIG(BIAS, 1)};
	const char *const *groups;
	struct kpinmap *map;
	const u32 *pins;
	u32 num;

	for (int g = 0; g < 4; g++) {
		int err = d->pctlops->get_group_pins(&the, g, &pins, &num);

		for (u32 i = 0; !err && i < num; i++)
			report(g * 100 + pins[i]);
		report(err);
	}
	for (int f = 0; f < 2; f++) {
		d->pmxops->get_function_groups(&the, f, &groups, &num);
		for (u32 i = 0; i < num; i++)
			report(num * 1000 + groups[i][0]);
	}
	for (int i = 0; i < 4; i++) {
		int err = d->pctlops->node_to_map(&the, &nodes[i], &map, &num);

		report(err);
		if (err)
			continue;
		for (u32 k = 0; k < num; k++)
			apply(&map[k]);
		d->pctlops->free_map(&the, map, num);
	}
	report(d->confops->set(&the, 4, odd, 2));
	for (u32 i = 0; i < 9; i++) {
		config = CONFIG(DRIVE, 0);
		report(d->confops->get(&the, i, &config));
		report(config);
	}
	config = CONFIG(PULL_UP, 0);
	d->confops->get(&the, 7, &config);
	report(config);
	config = CONFIG(BIAS, 5);
	return d->confops->get(&the, 7, &config);
}
