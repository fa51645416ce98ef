// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct cooler *coolers;
static struct zone *zone;
static int ids;

struct cooler *cooler_register(const char *type, void *devdata, const struct cooler_ops *ops)
{
	struct cooler *c = kzalloc(sizeof(*c), 0);

	kernel_only();
	c->id = ++ids;
	c->type = type;
	c->devdata = devdata;
	c->ops = ops;
	ops->get_max_state(c, &c->max_state);
	c->next = coolers;
	coolers = c;
	return c;
}

void zone_update(struct zone *z)
{
	kernel_only();
	z->ops->get_temp(z, &z->temperature);
	for (int i = 0; i < z->num_trips; i++) {
		struct trip *t = &z->trips[i];

		if (z->temperature < t->temperature)
			continue;
		if (t->type == TRIP_CRITICAL)
			z->ops->critical(z);
		for (struct cooler *c = coolers; c; c = c->next) {
			unsigned long state = 0;

			if (!z->ops->should_bind(z, t, c))
				continue;
			c->ops->get_cur_state(c, &state);
			report(c->id * 1000 + state * 10 +
				(c->ops->set_cur_state(c, state + 1) ? 1 : 0));
		}
	}
}

struct zone *zone_register(const char *type, const struct trip *trips, int num, void *devdata,
	const struct zone_ops *ops)
{
	kernel_only();
	zone = kzalloc(sizeof(*zone) + num * sizeof(*trips), 0);
	zone->type = type;
	zone->devdata = devdata;
	zone->ops = ops;
	zone->num_trips = num;
	memcpy(zone->trips, trips, num * sizeof(*trips));
	zone_update(zone);
	return zone;
}

int later(void)
{
	for (int i = 0; i < 3; i++) {
		zone_update(zone);
		report(zone->temperature);
	}
	report(zone->ops->set_trip_temp(zone, &zone->trips[1], 50000));
	zone->trips[2].temperature = 40000;
	zone_update(zone);
	zone_update(zone);
	return zone->temperature;
}
