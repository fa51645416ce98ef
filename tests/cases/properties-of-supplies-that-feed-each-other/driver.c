// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct charger {
	struct power_supply *ac;
	int online, limit;
	const char *model;
};

struct battery {
	struct power_supply *psy;
	int capacity, status, notices, current_max;
};

static const enum psp ac_props[] = {PSP_ONLINE, PSP_CURRENT_MAX, PSP_MODEL};

static const enum psp battery_props[] = {PSP_STATUS, PSP_CAPACITY};

static char *supplicants[] = {"x-battery", "other"};
static struct charger charger = {.limit = 500, .model = "AC-45W"};

static int ac_get(struct power_supply *psy, enum psp psp, union psval *val)
{
	struct charger *c = kpsy_drvdata(psy);

	switch (psp) {
	case PSP_ONLINE:
		val->intval = c->online;
		return 0;
	case PSP_CURRENT_MAX:
		val->intval = c->limit;
		return 0;
	case PSP_MODEL:
		val->strval = c->model;
		return 0;
	default:
		return -22;
	}
}

static int ac_set(struct power_supply *psy, enum psp psp, const union psval *val)
{
	struct charger *c = kpsy_drvdata(psy);

	if (psp == PSP_CURRENT_MAX) {
		if (val->intval > 3000)
			return -34;
		c->limit = val->intval;
	} else if (psp == PSP_ONLINE) {
		c->online = val->intval;
	} else {
		return -22;
	}
	kpsy_changed(psy);
	return 0;
}

static int ac_writeable(struct power_supply *psy, enum psp psp)
{
	return psp == PSP_CURRENT_MAX || psp == PSP_ONLINE;
}

static int battery_get(struct power_supply *psy, enum psp psp, union psval *val)
{
	struct battery *b = kpsy_drvdata(psy);

	if (psp == PSP_STATUS)
		val->intval = b->status;
	else if (psp == PSP_CAPACITY)
		val->intval = b->capacity -= 1;
	else
		return -22;
	return 0;
}

static void battery_notice(struct power_supply *psy)
{
	struct battery *b = psy->drv_data;
	union psval val;

	b->notices++;
	if (!kpsy_get_from_supplier(psy, PSP_ONLINE, &val))
		b->status = val.intval ? 1 : 2;
	if (!kpsy_get_from_supplier(psy, PSP_CURRENT_MAX, &val))
		b->current_max = val.intval;
	report(b->status * 10000 + b->current_max);
}

static const struct psy_desc ac_desc = {"x-ac", 3, ac_props, 3, ac_get, ac_set, ac_writeable, NULL};
static const struct psy_desc battery_desc = {
	"x-battery", 1, battery_props, 2, battery_get, NULL, NULL, battery_notice};

static int x_init(void)
{
	struct battery *b = kzalloc(sizeof(*b), 0);
	struct psy_config config = {b};
	union psval val;

	b->capacity = 80;
	b->psy = kpsy_register(&battery_desc, &config);
	config.drv_data = &charger;
	config.supplied_to = supplicants;
	config.num_supplicants = 2;
	charger.ac = kpsy_register(&ac_desc, &config);
	charger.online = 1;
	kpsy_changed(charger.ac);
	report(b->notices);
	report(kpsy_get(b->psy, PSP_CAPACITY, &val));
	report(val.intval);
	report(kpsy_get(charger.ac, PSP_MODEL, &val));
	report(val.strval[3]);
	report(kpsy_get(b->psy, PSP_MODEL, &val));
	return 0;
}

module_init(x_init);
