// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum trip_type { TRIP_ACTIVE, TRIP_PASSIVE, TRIP_CRITICAL };

struct trip {
	int temperature, hysteresis;
	enum trip_type type;
	void *priv;
};

struct zone;
struct cooler;

struct zone_ops {
	int (*get_temp)(struct zone *z, int *temp);
	_Bool (*should_bind)(struct zone *z, const struct trip *trip, struct cooler *c);
	int (*set_trip_temp)(struct zone *z, const struct trip *trip, int temp);
	void (*critical)(struct zone *z);
};

struct cooler_ops {
	int (*get_max_state)(struct cooler *c, unsigned long *state);
	int (*get_cur_state)(struct cooler *c, unsigned long *state);
	int (*set_cur_state)(struct cooler *c, unsigned long state);
};

struct cooler {
	int id;
	const char *type;
	unsigned long max_state;
	void *devdata;
	const struct cooler_ops *ops;
	struct cooler *next;
};

struct zone {
	const char *type;
	void *devdata;
	const struct zone_ops *ops;
	int temperature, num_trips;
	struct trip trips[];
};

struct zone *zone_register(const char *type, const struct trip *trips, int num, void *devdata,
	const struct zone_ops *ops);
struct cooler *cooler_register(const char *type, void *devdata, const struct cooler_ops *ops);
void zone_update(struct zone *z);
