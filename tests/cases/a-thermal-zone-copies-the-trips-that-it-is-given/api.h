// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct thermal_zone_device;
struct thermal_cooling_device;

struct thermal_trip {
	int temperature;
	int hysteresis;
	int type;
	void *priv;
};

struct cooling_spec {
	unsigned long upper;
	unsigned long lower;
	unsigned weight;
};

struct thermal_zone_device_ops {
	_Bool (*should_bind)(struct thermal_zone_device *tz, const struct thermal_trip *trip,
		struct thermal_cooling_device *cdev, struct cooling_spec *spec);
	int (*get_temp)(struct thermal_zone_device *tz, int *temp);
	int (*set_trips)(struct thermal_zone_device *tz, int low, int high);
	void (*critical)(struct thermal_zone_device *tz);
};

struct thermal_cooling_device_ops {
	int (*get_max_state)(struct thermal_cooling_device *cdev, unsigned long *state);
	int (*set_cur_state)(struct thermal_cooling_device *cdev, unsigned long state);
};

struct thermal_cooling_device {
	const char *type;
	unsigned long max_state;
	void *devdata;
	const struct thermal_cooling_device_ops *ops;
};

struct thermal_zone_device *thermal_zone_device_register_with_trips(const char *type,
	const struct thermal_trip *trips, int num_trips, void *devdata,
	const struct thermal_zone_device_ops *ops);
struct thermal_cooling_device *thermal_cooling_device_register(
	const char *type, void *devdata, const struct thermal_cooling_device_ops *ops);
void *thermal_zone_device_priv(struct thermal_zone_device *tz);
void thermal_zone_device_update(struct thermal_zone_device *tz);
