// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct kreg_dev {
	const struct kreg_desc *desc;
	void *data;
	u32 *ena;
	struct kconstraints constraints;
	struct knotifier *chain;
	struct kreg_dev *next;
};

static struct kreg_dev *all;
static int (*handler)(int irq, void *data);
static void (*remove_all)(void *data);
static void *cookie;
int strcmp(const char *a, const char *b);

const struct kconstraints *kreg_constraints(const char *name)
{
	static const struct kconstraints some[2] = {{700, 1300, 1, 0}, {650, 3300, 0, 1}};

	kernel_only();
	return strcmp(name, "buck1") ? strcmp(name, "buck2") ? NULL : &some[1] : &some[0];
}

struct kreg_dev *kreg_register(const struct kreg_desc *desc, const struct kreg_config *config)
{
	struct kreg_config copy = *config;
	struct kreg_dev *r;
	int err;

	kernel_only();
	err = desc->of_parse(desc, &copy);
	if (err < 0)
		return KERR_PTR(err);
	r = kzalloc(sizeof(*r), 0);
	r->desc = desc;
	r->data = copy.driver_data;
	r->ena = copy.ena_shared;
	r->constraints = *copy.init;
	if (copy.init->always_on)
		*r->ena |= desc->enable_mask << 8;
	r->next = all;
	all = r;
	return r;
}

void kreg_unregister(struct kreg_dev *r)
{
	kernel_only();
	for (struct kreg_dev **p = &all; *p; p = &(*p)->next)
		if (*p == r) {
			*p = r->next;
			break;
		}
	kfree(r);
}

void *kreg_drvdata(struct kreg_dev *r)
{
	return r->data;
}

int kreg_id(struct kreg_dev *r)
{
	return r->desc->id;
}

const struct kreg_desc *kreg_desc(struct kreg_dev *r)
{
	kernel_only();
	return r->desc;
}

int kreg_list_ranges(struct kreg_dev *r, u32 selector)
{
	kernel_only();
	for (int i = 0; i < r->desc->n_ranges; i++) {
		const struct krange *x = &r->desc->ranges[i];

		if (selector >= x->min_sel && selector <= x->max_sel)
			return x->min + (selector - x->min_sel) * x->step;
	}
	return -22;
}

int kreg_list_table(struct kreg_dev *r, u32 selector)
{
	kernel_only();
	return selector < r->desc->n_voltages ? r->desc->volt_table[selector] : -22;
}

int kreg_notify_add(struct kreg_dev *r, struct knotifier *nb)
{
	kernel_only();
	nb->next = r->chain;
	r->chain = nb;
	return nb->priority;
}

int kreg_notify(struct kreg_dev *r, unsigned long event, void *data)
{
	int err = 0;

	kernel_only();
	for (struct knotifier *nb = r->chain; nb && err >= 0; nb = nb->next)
		err = nb->call(nb, event, data);
	return err;
}

int kreg_irq(int (*h)(int irq, void *data), void (*remove)(void *data), void *data)
{
	kernel_only();
	handler = h;
	remove_all = remove;
	cookie = data;
	return 0;
}

static int set_voltage(struct kreg_dev *r, u32 mv)
{
	for (u32 s = 0; s < r->desc->n_voltages; s++) {
		int v = r->desc->ops->list_voltage(r, s);
		struct kchange c = {r->desc->ops->list_voltage(r, r->desc->ops->get_sel(r)), mv, v};

		if (v < (int)mv || v > (int)r->constraints.max)
			continue;
		if (kreg_notify(r, 1, &c) < 0)
			return -125;
		return r->desc->ops->set_sel(r, s);
	}
	return -34;
}

int later(void)
{
	static const u32 wanted[] = {610, 1210, 1000, 3300, 5000};

	for (struct kreg_dev *r = all; r; r = r->next) {
		const struct kreg_ops *ops = r->desc->ops;

		report(r->desc->name[0] * 10 + r->desc->id);
		for (int i = 0; i < 5; i++) {
			report(set_voltage(r, wanted[i]));
			report(ops->get_sel(r));
		}
		report(ops->enable(r));
		report(*r->ena);
	}
	for (struct kreg_dev *r = all; r; r = r->next) {
		report(r->desc->ops->is_enabled(r));
		report(r->desc->ops->disable(r));
		if (!r->desc->ops->set_mode)
			continue;
		report(r->desc->ops->set_mode(r, 4));
		report(r->desc->ops->set_mode(r, 3));
		report(r->desc->ops->get_mode(r));
		report(*r->ena);
	}
	for (int i = 1; i < 8; i += 3)
		report(handler(i, cookie));
	remove_all(cookie);
	return all != NULL;
}
