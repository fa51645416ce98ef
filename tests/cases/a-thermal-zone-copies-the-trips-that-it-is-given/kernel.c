// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct thermal_zone_device {
	void *devdata;
	struct thermal_zone_device_ops ops;
	int temperature, low, high;
	int num_trips;
	struct thermal_trip trips[];
};

static struct thermal_cooling_device *cooling;

struct thermal_zone_device *thermal_zone_device_register_with_trips(const char *type,
	const struct thermal_trip *trips, int num_trips, void *devdata,
	const struct thermal_zone_device_ops *ops)
{
	struct thermal_zone_device *tz = kzalloc(sizeof(*tz) + num_trips * sizeof(*trips), 0);

	kernel_only();
	if (!tz || !ops || !ops->get_temp)
		return NULL;
	tz->ops = *ops;
	tz->devdata = devdata;
	tz->num_trips = num_trips;
	for (int i = 0; i < num_trips; i++)
		tz->trips[i] = trips[i];
	return tz;
}

struct thermal_cooling_device *thermal_cooling_device_register(
	const char *type, void *devdata, const struct thermal_cooling_device_ops *ops)
{
	struct thermal_cooling_device *cdev = kzalloc(sizeof(*cdev), 0);

	kernel_only();
	cdev->type = type;
	cdev->devdata = devdata;
	cdev->ops = ops;
	ops->get_max_state(cdev, &cdev->max_state);
	return cooling = cdev;
}

void *thermal_zone_device_priv(struct thermal_zone_device *tz)
{
	return tz->devdata;
}

void thermal_zone_device_update(struct thermal_zone_device *tz)
{
	struct cooling_spec spec = {0};
	int low = -1, high = 200000;

	kernel_only();
	if (tz->ops.get_temp(tz, &tz->temperature))
		return;
	for (int i = 0; i < tz->num_trips; i++) {
		struct thermal_trip *trip = &tz->trips[i];

		if (tz->temperature < trip->temperature) {
			if (high > trip->temperature)
				high = trip->temperature;
			continue;
		}
		low = trip->temperature - trip->hysteresis;
		if (trip->type == 2)
			tz->ops.critical(tz);
		else if (tz->ops.should_bind(tz, trip, cooling, &spec)) {
			if (spec.upper > cooling->max_state)
				spec.upper = cooling->max_state;
			cooling->ops->set_cur_state(cooling, spec.upper);
			report(spec.weight);
		}
	}
	if (low != tz->low || high != tz->high)
		tz->ops.set_trips(tz, tz->low = low, tz->high = high);
}
