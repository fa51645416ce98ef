// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kpsy *supplies;
static struct kwork *works;
static struct kocv table[4] = {{4200, 100}, {3900, 60}, {3700, 25}, {3300, 0}};
static struct kbattery_info info = {3850, 3300, 4150, 4, table};
static u32 now, changes;
static void (*exit_function)(void);
int strcmp(const char *a, const char *b);

struct kpsy *kpsy_register(const struct kpsy_desc *desc, const struct kpsy_config *cfg)
{
	struct kpsy *p = kzalloc(sizeof(*p), 0);

	kernel_only();
	p->desc = desc;
	p->drv_data = cfg->drv_data;
	p->supplied_to = cfg->supplied_to;
	p->num_supplicants = cfg->num_supplicants;
	p->use_cnt = 1;
	p->next = supplies;
	supplies = p;
	return p;
}

void kpsy_unregister(struct kpsy *p)
{
	kernel_only();
	for (struct kpsy **s = &supplies; *s; s = &(*s)->next)
		if (*s == p) {
			*s = p->next;
			break;
		}
	p->use_cnt--;
	kfree(p);
}

void kpsy_changed(struct kpsy *p)
{
	kernel_only();
	p->changed = 1;
	changes++;
}

static _Bool supplies_to(struct kpsy *from, struct kpsy *to)
{
	for (size_t i = 0; i < from->num_supplicants; i++)
		if (!strcmp(from->supplied_to[i], to->desc->name))
			return 1;
	return 0;
}

int kpsy_supplied(struct kpsy *p, int psp, union kpropval *val)
{
	kernel_only();
	for (struct kpsy *s = supplies; s; s = s->next)
		if (supplies_to(s, p) && !s->desc->get_property(s, psp, val))
			return 0;
	return -19;
}

int kpsy_battery_info(struct kpsy *p, struct kbattery_info **out)
{
	kernel_only();
	if (p->desc->type != 1)
		return -22;
	p->info = &info;
	*out = &info;
	return 0;
}

int kocv_to_capacity(const struct kocv *t, u32 n, int ocv)
{
	u32 i = 0;

	kernel_only();
	while (i < n && ocv <= t[i].ocv)
		i++;
	if (!i || i == n)
		return t[i ? n - 1 : 0].capacity;
	return t[i].capacity +
		(ocv - t[i].ocv) * (t[i - 1].capacity - t[i].capacity) / (t[i - 1].ocv - t[i].ocv);
}

void kinit_work(struct kwork *w, void (*func)(struct kwork *w))
{
	kernel_only();
	w->func = func;
}

_Bool kqueue_work(struct kwork *w, u32 delay)
{
	kernel_only();
	if (w->pending)
		return 0;
	w->pending = 1;
	w->delay = now + delay;
	w->next = works;
	works = w;
	return 1;
}

_Bool kcancel_work(struct kwork *w)
{
	kernel_only();
	for (struct kwork **p = &works; *p; p = &(*p)->next)
		if (*p == w) {
			*p = w->next;
			w->pending = 0;
			return 1;
		}
	return 0;
}

void kdriver_exit(void (*exit)(void))
{
	kernel_only();
	exit_function = exit;
}

static void run(u32 until)
{
	for (; now < until; now++) {
		struct kwork **p = &works;

		while (*p) {
			struct kwork *w = *p;

			if (w->delay > now) {
				p = &w->next;
				continue;
			}
			*p = w->next;
			w->pending = 0;
			w->func(w);
			p = &works;
		}
		for (struct kpsy *s = supplies; s; s = s->next) {
			if (!s->changed)
				continue;
			s->changed = 0;
			for (struct kpsy *t = supplies; t; t = t->next)
				if (supplies_to(s, t) && t->desc->external_changed)
					t->desc->external_changed(t);
		}
	}
}

static void show(void)
{
	for (struct kpsy *s = supplies; s; s = s->next)
		for (size_t i = 0; i < s->desc->num_properties; i++) {
			int psp = s->desc->properties[i];
			union kpropval val = {};
			int err = s->desc->get_property(s, psp, &val);

			if (err)
				report(err);
			else if (psp == PROP_MODEL || psp == PROP_SERIAL)
				for (int k = 0; k < 4; k++)
					report(val.strval[k] * 10 + psp);
			else
				report(val.intval * 10 + psp);
		}
}

int later(void)
{
	union kpropval on = {1}, off = {0}, fast = {.strval = "fast"}, limit = {55}, bad = {101};
	struct kpsy *charger = supplies, *battery = supplies->next;

	report(charger->desc->name[1] * 1000 + battery->desc->name[1]);
	show();
	report(charger->desc->set_property(charger, PROP_ONLINE, &on));
	run(4);
	show();
	run(70);
	report(charger->desc->set_property(charger, PROP_MODEL, &fast));
	report(battery->desc->writeable(battery, PROP_CAPACITY) * 10 +
		battery->desc->writeable(battery, PROP_TEMP));
	show();
	report(battery->desc->set_property(battery, PROP_CAPACITY, &bad));
	report(battery->desc->set_property(battery, PROP_CAPACITY, &limit));
	for (int i = 0; i < 3; i++)
		report(charger->desc->set_property(charger, PROP_ONLINE, i % 2 ? &off : &on));
	run(72);
	show();
	report(charger->desc->set_property(charger, PROP_ONLINE, &off));
	run(120);
	show();
	report(charger->desc->set_property(charger, PROP_ONLINE, &on));
	exit_function();
	run(200);
	return changes * 10 + (works || supplies);
}
