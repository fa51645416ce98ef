// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct rail *rails;

int rail_list_table(struct rail *r, u32 selector)
{
	kernel_only();
	if (selector >= r->desc->n_voltages)
		return -22;
	return r->desc->volt_table[selector];
}

int rail_list_linear(struct rail *r, u32 selector)
{
	kernel_only();
	if (selector >= r->desc->n_voltages)
		return -22;
	return r->desc->min_uv + r->desc->step_uv * selector;
}

struct rail *rail_register(const struct rail_desc *desc, const struct rail_config *config)
{
	struct rail *r = kzalloc(sizeof(*r), 0);

	kernel_only();
	r->desc = desc;
	r->data = config->driver_data;
	r->use_count = config->supply[3] == '2';
	report(desc->name[0] + desc->ops->list_voltage(r, desc->ops->get_sel(r)));
	if (r->use_count && desc->ops->enable)
		desc->ops->enable(r);
	r->next = rails;
	rails = r;
	return r;
}

static int set_voltage(struct rail *r, int min)
{
	for (u32 s = 0; s < r->desc->n_voltages; s++)
		if (r->desc->ops->list_voltage(r, s) >= min)
			return r->desc->ops->set_sel(r, s);
	return r->desc->ops->set_sel(r, r->desc->n_voltages);
}

int later(void)
{
	for (struct rail *r = rails; r; r = r->next) {
		report(set_voltage(r, 900000));
		report(set_voltage(r, 1600000));
		report(r->desc->ops->get_sel(r));
		report(r->desc->ops->list_voltage(r, r->desc->ops->get_sel(r)));
		if (r->desc->ops->enable)
			report(r->desc->ops->enable(r) * 10 + r->use_count);
	}
	return 0;
}
