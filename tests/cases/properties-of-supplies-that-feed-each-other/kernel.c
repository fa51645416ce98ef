// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct power_supply *supplies;

static int same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

struct power_supply *kpsy_register(const struct psy_desc *desc, const struct psy_config *config)
{
	struct power_supply *psy = kzalloc(sizeof(*psy), 0);

	kernel_only();
	psy->desc = desc;
	psy->drv_data = config->drv_data;
	psy->supplied_to = config->supplied_to;
	psy->num_supplicants = config->num_supplicants;
	psy->use_cnt = 1;
	psy->next = supplies;
	supplies = psy;
	return psy;
}

void *kpsy_drvdata(struct power_supply *psy)
{
	kernel_only();
	return psy->drv_data;
}

static int feeds(struct power_supply *from, struct power_supply *to)
{
	for (size_t i = 0; i < from->num_supplicants; i++)
		if (same(from->supplied_to[i], to->desc->name))
			return 1;
	return 0;
}

void kpsy_changed(struct power_supply *psy)
{
	kernel_only();
	psy->changed = 1;
	for (struct power_supply *p = supplies; p; p = p->next)
		if (feeds(psy, p) && p->desc->external_power_changed)
			p->desc->external_power_changed(p);
	psy->changed = 0;
}

int kpsy_get(struct power_supply *psy, enum psp psp, union psval *val)
{
	kernel_only();
	for (size_t i = 0; i < psy->desc->num_properties; i++)
		if (psy->desc->properties[i] == psp)
			return psy->desc->get(psy, psp, val);
	return -22;
}

int kpsy_get_from_supplier(struct power_supply *psy, enum psp psp, union psval *val)
{
	kernel_only();
	for (struct power_supply *p = supplies; p; p = p->next)
		if (feeds(p, psy))
			return p->desc->get(p, psp, val);
	return -19;
}

static int show(struct power_supply *psy, enum psp psp)
{
	union psval val;
	int err = kpsy_get(psy, psp, &val);
	long sum = 0;

	if (err)
		return err;
	if (psp != PSP_MODEL)
		return val.intval;
	for (const char *s = val.strval; *s; s++)
		sum = sum * 3 + *s;
	return sum;
}

static int store(struct power_supply *psy, enum psp psp, int value)
{
	union psval val = {value};

	if (!psy->desc->writeable || psy->desc->writeable(psy, psp) <= 0)
		return -1;
	return psy->desc->set(psy, psp, &val);
}

int later(void)
{
	struct power_supply *ac = supplies, *battery = ac->next;

	for (enum psp p = PSP_STATUS; p <= PSP_CAPACITY; p++) {
		report(show(ac, p));
		report(show(battery, p));
	}
	report(store(ac, PSP_CURRENT_MAX, 2000));
	report(store(ac, PSP_CURRENT_MAX, 4000));
	report(store(ac, PSP_MODEL, 1));
	report(store(ac, PSP_ONLINE, 0));
	report(store(battery, PSP_ONLINE, 0));
	report(show(battery, PSP_STATUS));
	return show(ac, PSP_CURRENT_MAX);
}
