// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct zone_ops *ops;
static struct zone *zone;

int zone_register(const struct zone_ops *o)
{
	kernel_only();
	ops = o;
	zone = kzalloc(sizeof(*zone), 0);
	return 0;
}

int later(void)
{
	report(ops->changed(zone, &zone->trips[2]));
	return ops->changed(zone, &zone->trips[3]);
}
