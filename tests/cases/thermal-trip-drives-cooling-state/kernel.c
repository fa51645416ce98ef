// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct thermal_zone_device *zone;

void thermal_zone_register(struct thermal_zone_device *tz)
{
	kernel_only();
	zone = tz;
	tz->last_temperature = tz->temperature = 20;
}

int thermal_zone_device_update(struct thermal_zone_device *tz)
{
	unsigned long state = 0;
	int low = -99, high = 99;
	kernel_only();
	tz->last_temperature = tz->temperature;
	tz->get_temp(tz, &tz->temperature);
	for (struct thermal_trip *t = tz->trips; t < tz->trips + tz->num_trips; t++) {
		if (tz->temperature < t->temperature) {
			high = high < t->temperature ? high : t->temperature;
			continue;
		}
		t->crossed++;
		low = t->temperature - t->hysteresis;
		state += tz->cdev->max_state / 2;
	}
	return tz->cdev->set_cur_state(tz->cdev, state) * 100 + tz->set_trips(tz, low, high);
}

int later(void)
{
	int sum = 0;
	kernel_only();
	for (int i = 0; i < 5; i++)
		sum = sum * 2 + thermal_zone_device_update(zone);
	return sum + zone->trips[0].crossed + 10 * zone->trips[1].crossed;
}
