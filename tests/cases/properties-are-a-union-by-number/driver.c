// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_battery {
	struct kpsy *psy;
	struct kpsy_desc desc;
	struct kwork poll;
	struct kkref refs;
	struct kbattery_info *info;
	int mv, temp, status;
	u32 polls, limit;
	char serial[8];
	const char *model;
};

struct x_event {
	struct kwork work;
	struct x_battery *battery;
	int delta;
};

struct x_charger {
	struct kpsy *psy;
	_Bool online : 1, fast : 1;
	u32 sets;
};

static struct x_battery *battery;
static struct x_charger charger;
static u32 period = 30;

static const int battery_props[] = {PROP_STATUS, PROP_CAPACITY, PROP_VOLTAGE, PROP_TEMP, PROP_MODEL,
	PROP_SERIAL, PROP_CYCLES};
static const int charger_props[] = {PROP_ONLINE, PROP_MODEL, PROP_VOLTAGE};
static char *supplied[] = {"xbat", "other"};

static void release(struct kkref *r)
{
	struct x_battery *b = container_of(r, struct x_battery, refs);

	report(b->polls * 1000 + b->mv % 1000);
	kfree(b);
}

static int battery_get(struct kpsy *p, int psp, union kpropval *val)
{
	struct x_battery *b = p->drv_data;

	switch (psp) {
	case PROP_STATUS:
		val->intval = b->status;
		return 0;
	case PROP_CAPACITY:
		if (!b->info)
			return -61;
		val->intval = kocv_to_capacity(b->info->table, b->info->table_size, b->mv);
		if (b->limit && val->intval > (int)b->limit)
			val->intval = b->limit;
		return 0;
	case PROP_VOLTAGE:
		val->intval = b->mv;
		return 0;
	case PROP_TEMP:
		val->intval = b->temp;
		return 0;
	case PROP_MODEL:
		val->strval = b->model;
		return 0;
	case PROP_SERIAL:
		val->strval = b->serial;
		return 0;
	}
	return -22;
}

static int battery_set(struct kpsy *p, int psp, const union kpropval *val)
{
	struct x_battery *b = p->drv_data;

	if (psp != PROP_CAPACITY)
		return -1;
	if (val->intval < 0 || val->intval > 100)
		return -22;
	b->limit = val->intval;
	return 0;
}

static int battery_writeable(struct kpsy *p, int psp)
{
	return psp == PROP_CAPACITY;
}

static void battery_external(struct kpsy *p)
{
	struct x_battery *b = p->drv_data;
	union kpropval val = {.intval = -1};
	int err = kpsy_supplied(p, PROP_ONLINE, &val);

	report(err * 10 + val.intval);
	if (!err)
		b->status = val.intval ? 1 : 2;
	kcancel_work(&b->poll);
	kqueue_work(&b->poll, 1);
}

static void poll(struct kwork *w)
{
	struct x_battery *b = container_of(w, struct x_battery, poll);
	int old = b->mv;

	b->polls++;
	b->mv += b->status == 1 ? 70 : -40;
	if (b->info && b->mv > b->info->max_uv)
		b->mv = b->info->max_uv;
	if (old != b->mv)
		kpsy_changed(b->psy);
	kqueue_work(&b->poll, period);
}

static void event_work(struct kwork *w)
{
	struct x_event *e = container_of(w, struct x_event, work);
	struct x_battery *b = e->battery;

	b->temp += e->delta;
	if (b->temp > 450)
		b->status = 3;
	report(b->temp);
	kfree(e);
	kkref_put(&b->refs, release);
}

static int charger_get(struct kpsy *p, int psp, union kpropval *val)
{
	struct x_charger *c = p->drv_data;

	if (psp == PROP_ONLINE)
		val->intval = c->online + c->fast;
	else if (psp == PROP_MODEL)
		val->strval = c->fast ? "fast" : "slow";
	else
		return -95;
	return 0;
}

static int charger_set(struct kpsy *p, int psp, const union kpropval *val)
{
	struct x_charger *c = p->drv_data;
	struct x_event *e;

	if (psp == PROP_MODEL) {
		c->fast = val->strval[0] == 'f';
		return c->fast;
	}
	c->online = val->intval;
	c->sets++;
	kpsy_changed(p);
	e = kzalloc(sizeof(*e), 0);
	e->battery = battery;
	e->delta = c->online ? 100 : -30;
	kkref_get(&battery->refs);
	kinit_work(&e->work, event_work);
	kqueue_work(&e->work, 2 + c->sets);
	return 0;
}

static const struct kpsy_desc charger_desc = {"xcharger", 2, charger_props, 3, charger_get,
	charger_set};

static void x_exit(void)
{
	report(kcancel_work(&battery->poll));
	kpsy_unregister(charger.psy);
	kpsy_unregister(battery->psy);
	report(charger.sets * 10 + battery->refs.count);
	kkref_put(&battery->refs, release);
}

static int x_init(void)
{
	struct kpsy_config config = {};
	struct x_battery *b = kzalloc(sizeof(*b), 0);
	int err;

	kkref_init(&b->refs);
	b->mv = 3700;
	b->temp = 250;
	b->model = "X-1000";
	memcpy(b->serial, "SN0042", 7);
	b->desc = (struct kpsy_desc){"xbat", 1, battery_props, 7, battery_get, battery_set,
		battery_writeable, battery_external};
	config.drv_data = b;
	b->psy = kpsy_register(&b->desc, &config);
	err = kpsy_battery_info(b->psy, &b->info);
	report(err);
	if (!err)
		b->mv = b->info->design_mv;
	kinit_work(&b->poll, poll);
	battery = b;
	config = (struct kpsy_config){&charger, supplied, 2};
	charger.psy = kpsy_register(&charger_desc, &config);
	report(kqueue_work(&b->poll, period) * 10 + kqueue_work(&b->poll, 1));
	kdriver_exit(x_exit);
	return 0;
}

module_init(x_init);
