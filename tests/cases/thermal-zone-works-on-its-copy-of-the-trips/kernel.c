// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct thermal_zone_device *zone;
static struct thermal_cooling_device fan;
static int sensor = 200;

int readl(u32 reg)
{
	kernel_only();
	return reg ? -150 : sensor;
}

struct thermal_cooling_device *cooling_register(void *devdata, int (*set)(struct thermal_cooling_device *, u32 state))
{
	kernel_only();
	fan = (struct thermal_cooling_device){devdata, set, 0};
	return &fan;
}

struct thermal_zone_device *thermal_zone_register_with_trips(const struct thermal_trip *trips, int num_trips,
							     void *devdata, const struct thermal_zone_device_ops *ops)
{
	kernel_only();
	zone = kzalloc(sizeof(*zone) + num_trips * sizeof(*trips), 0);
	memcpy(zone->trips, trips, num_trips * sizeof(*trips));
	zone->num_trips = num_trips;
	zone->devdata = devdata;
	zone->ops = ops;
	return zone;
}

int thermal_zone_for_each_trip(struct thermal_zone_device *tz, int (*cb)(struct thermal_trip *trip, void *), void *arg)
{
	kernel_only();
	int sum = 0;
	for (int i = 0; i < tz->num_trips; i++)
		sum += cb(&tz->trips[i], arg);
	return sum;
}

int later(void)
{
	for (; sensor <= 360; sensor += 80) {
		struct thermal_trip *trip = zone->trips;
		report(zone->ops->get_temp(zone, &zone->temperature));
		for (; trip->type < THERMAL_TRIP_CRITICAL && trip->temperature <= zone->temperature; trip++) {
			struct thermal_cooling_device *cdev = trip->priv;
			report(cdev->set_cur_state(cdev, cdev->state += 2 + 5 * trip->type));
			if (trip->type == THERMAL_TRIP_HOT)
				zone->ops->hot(zone, trip);
		}
		report(zone->ops->set_trips(zone, zone->temperature, trip->temperature));
	}
	return zone->trips[2].temperature;
}
