// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_sensor {
	int heat, low, high;
	unsigned long fan;
};

static int x_get_temp(struct thermal_zone_device *tz, int *temp)
{
	struct x_sensor *x = tz->devdata;
	x->heat += 7 - 5 * (int)x->fan;
	*temp = x->heat;
	return 0;
}

static int x_set_trips(struct thermal_zone_device *tz, int low, int high)
{
	struct x_sensor *x = tz->devdata;
	x->low = low;
	x->high = high;
	tz->trips[0].hysteresis = tz->temperature > tz->last_temperature ? 4 : 2;
	return x->high - x->low;
}

static int x_set_cur(struct thermal_cooling_device *cdev, unsigned long state)
{
	struct x_sensor *x = cdev->devdata;
	x->fan = state;
	return x->heat;
}

static int x_init(void)
{
	struct thermal_zone_device *tz = kzalloc(sizeof *tz, 0);
	struct thermal_cooling_device *cdev = kzalloc(sizeof *cdev, 0);
	struct x_sensor *x = kzalloc(sizeof *x, 0);
	*x = (struct x_sensor){.heat = 35};
	tz->trips = kzalloc(2 * sizeof *tz->trips, 0);
	tz->num_trips = 2;
	for (int i = 0; i < 2; i++)
		tz->trips[i] = (struct thermal_trip){40 + 8 * i, 3, 0};
	tz->get_temp = x_get_temp;
	tz->set_trips = x_set_trips;
	*cdev = (struct thermal_cooling_device){x_set_cur, 3, x};
	tz->devdata = x;
	thermal_zone_register(tz);
	tz->cdev = cdev;
	report(thermal_zone_device_update(tz));
	report(x->fan * 10000 + x->low * 100 + tz->trips[0].crossed);
	return 0;
}
module_init(x_init);
