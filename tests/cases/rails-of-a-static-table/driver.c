// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_pmic {
	struct rail *rails[3];
	u8 sel[3];
	u32 enables;
};

static int x_set(struct rail *r, u32 selector)
{
	struct x_pmic *p = rail_data(r);

	if (selector >= r->desc->n_voltages)
		return -22;
	p->sel[r->desc->id] = selector;
	return 0;
}

static int x_get(struct rail *r)
{
	struct x_pmic *p = rail_data(r);

	return p->sel[r->desc->id];
}

static int x_enable(struct rail *r)
{
	struct x_pmic *p = rail_data(r);

	p->enables |= 1u << r->desc->id;
	r->use_count++;
	return p->rails[0] == r;
}

static int x_list(struct rail *r, u32 selector)
{
	return 500000 + selector * selector * 1000 + r->use_count;
}

static const u32 table[] = {1200000, 1500000, 1800000, 3300000};
static const struct rail_ops table_ops = {rail_list_table, x_set, x_get, x_enable};
static const struct rail_ops linear_ops = {rail_list_linear, x_set, x_get, x_enable};
static const struct rail_ops own_ops = {x_list, x_set, x_get, NULL};
static const struct rail_desc descs[3] = {
	{"ldo1", 0, 4, 0, 0, table, &table_ops},
	{"buck2", 1, 32, 600000, 12500, NULL, &linear_ops},
	{"aux", 2, 8, 0, 0, NULL, &own_ops},
};

static int x_init(void)
{
	struct x_pmic *p = kzalloc(sizeof(*p), 0);
	struct rail_config config = {.driver_data = p};

	for (int i = 0; i < 3; i++) {
		config.supply = i == 1 ? "vin2" : "vin";
		p->sel[i] = i + 1;
		p->rails[i] = rail_register(&descs[i], &config);
		if (!p->rails[i])
			return -12;
		report(p->rails[i]->use_count);
	}
	report(p->enables);
	return 0;
}

module_init(x_init);
