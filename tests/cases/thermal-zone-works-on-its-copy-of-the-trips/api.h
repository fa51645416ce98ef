// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>
enum { THERMAL_TRIP_PASSIVE, THERMAL_TRIP_HOT, THERMAL_TRIP_CRITICAL };

struct thermal_trip {
	int temperature, hysteresis, type;
	void *priv;
};

struct thermal_zone_device {
	void *devdata;
	const struct thermal_zone_device_ops *ops;
	int temperature, num_trips;
	struct thermal_trip trips[];
};

struct thermal_zone_device_ops {
	int (*get_temp)(struct thermal_zone_device *tz, int *temp);
	int (*set_trips)(struct thermal_zone_device *tz, int low, int high);
	void (*hot)(struct thermal_zone_device *tz, const struct thermal_trip *trip);
};

struct thermal_cooling_device {
	void *devdata;
	int (*set_cur_state)(struct thermal_cooling_device *cdev, u32 state);
	u32 state;
};

int readl(u32 reg);
struct thermal_cooling_device *cooling_register(void *devdata, int (*set)(struct thermal_cooling_device *, u32 state));
struct thermal_zone_device *thermal_zone_register_with_trips(const struct thermal_trip *trips, int num_trips,
							     void *devdata, const struct thermal_zone_device_ops *ops);
int thermal_zone_for_each_trip(struct thermal_zone_device *tz, int (*cb)(struct thermal_trip *trip, void *), void *arg);
