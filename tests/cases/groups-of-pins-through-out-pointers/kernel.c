// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct pinctrl_dev {
	struct pinctrl_desc *desc;
	void *data;
	int owner[16];
};

static struct pinctrl_dev *controller;

static long name_sum(const char *name)
{
	long sum = 0;

	for (; *name; name++)
		sum = (sum * 31 + *name) % 100003;
	return sum;
}

static int same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

struct pinctrl_dev *kpinctrl_register(struct pinctrl_desc *desc, void *data)
{
	struct pinctrl_dev *pctl = kzalloc(sizeof(*pctl), 0);

	kernel_only();
	pctl->desc = desc;
	pctl->data = data;
	for (u32 i = 0; i < desc->npins; i++) {
		report(name_sum(desc->pins[i].name));
		pctl->owner[desc->pins[i].number] = -1;
	}
	controller = pctl;
	report(name_sum(desc->name));
	return pctl;
}

void *kpinctrl_drvdata(struct pinctrl_dev *pctl)
{
	kernel_only();
	return pctl->data;
}

int kpinctrl_owner(struct pinctrl_dev *pctl, u32 pin)
{
	kernel_only();
	return pctl->owner[pin];
}

static int find_group(struct pinctrl_dev *pctl, const char *name)
{
	int count = pctl->desc->pctlops->get_groups_count(pctl);

	for (int i = 0; i < count; i++)
		if (same(pctl->desc->pctlops->get_group_name(pctl, i), name))
			return i;
	return -2;
}

static int select_function(struct pinctrl_dev *pctl, u32 function)
{
	const char *const *names;
	const u32 *pins;
	u32 num, count;
	int group, err;

	err = pctl->desc->pmxops->get_function_groups(pctl, function, &names, &num);
	if (err)
		return err;
	for (u32 i = 0; i < num; i++) {
		group = find_group(pctl, names[i]);
		if (group < 0)
			return group;
		err = pctl->desc->pctlops->get_group_pins(pctl, group, &pins, &count);
		if (err)
			return err;
		for (u32 k = 0; k < count; k++) {
			if (pctl->owner[pins[k]] >= 0)
				report(1000 + pins[k]);
			pctl->owner[pins[k]] = function * 10 + group;
		}
		err = pctl->desc->pmxops->set_mux(pctl, function, group);
		report(group * 100 + count);
		if (err)
			report(err);
	}
	return 0;
}

int later(void)
{
	int sum = 0;

	report(select_function(controller, 0));
	report(select_function(controller, 1));
	for (int i = 0; i < 7; i++)
		sum = sum * 3 + controller->owner[i];
	return sum;
}
