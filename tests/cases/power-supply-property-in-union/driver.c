// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_gauge {
	int microvolt;
	char model[8];
};

static int x_get(struct kpsy *psy, enum kpsy_prop prop, union kpsy_val *val)
{
	struct x_gauge *g = psy->drvdata;
	if (prop == KPSY_VOLTAGE)
		val->intval = g->microvolt + psy->changes;
	else if (prop == KPSY_MODEL)
		val->strval = g->model;
	else
		return -22;
	return 0;
}

static void x_supplied(struct kpsy *psy)
{
	struct x_gauge *g = psy->drvdata;
	union kpsy_val val;
	if (!kpsy_get_supplier(psy, KPSY_LIMIT, &val))
		g->microvolt += val.intval;
	if (!kpsy_get_supplier(psy, KPSY_MODEL, &val))
		g->model[2] += strlen(val.strval);
}

static const enum kpsy_prop x_props[] = {KPSY_VOLTAGE, KPSY_MODEL, KPSY_LIMIT};

static int x_init(void)
{
	struct x_gauge *g = kzalloc(sizeof *g, 0);
	struct kpsy *psy = kzalloc(sizeof *psy, 0);
	g->microvolt = 3700;
	memcpy(g->model, "BQ1", 4);
	psy->props = x_props;
	psy->num_props = 3;
	psy->get = x_get;
	psy->supplied = x_supplied;
	psy->drvdata = g;
	report(kpsy_changed(psy));
	report(psy->changes * 10000 + g->microvolt);
	report(kpsy_changed(psy));
	report(g->model[2]);
	psy->num_props = 2;
	return 0;
}

module_init(x_init);
