// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct thermal_trip {
	int temperature, hysteresis;
	u32 crossed;
};

struct thermal_cooling_device {
	int (*set_cur_state)(struct thermal_cooling_device *cdev, unsigned long state);
	unsigned long max_state;
	void *devdata;
};

struct thermal_zone_device {
	int (*get_temp)(struct thermal_zone_device *tz, int *temp);
	int (*set_trips)(struct thermal_zone_device *tz, int low, int high);
	struct thermal_trip *trips;
	u32 num_trips;
	int temperature, last_temperature;
	struct thermal_cooling_device *cdev;
	void *devdata;
};

void thermal_zone_register(struct thermal_zone_device *tz);
int thermal_zone_device_update(struct thermal_zone_device *tz);
