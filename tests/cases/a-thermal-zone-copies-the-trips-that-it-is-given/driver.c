// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct limit {
	unsigned long states;
	int crossed;
};

struct sensor {
	int raw;
	int low, high;
	int shutdowns;
	struct limit limits[2];
	struct thermal_cooling_device *fan;
};

static unsigned long fan_speed;

static _Bool sensor_should_bind(struct thermal_zone_device *tz, const struct thermal_trip *trip,
	struct thermal_cooling_device *cdev, struct cooling_spec *spec)
{
	struct sensor *sensor = thermal_zone_device_priv(tz);
	struct limit *limit = trip->priv;

	if (!limit || cdev != sensor->fan)
		return 0;
	limit->crossed++;
	spec->upper = limit->states;
	spec->weight = 50 + limit->crossed;
	return 1;
}

static int sensor_get_temp(struct thermal_zone_device *tz, int *temp)
{
	struct sensor *sensor = thermal_zone_device_priv(tz);

	if (sensor->raw < 0)
		return -11;
	*temp = sensor->raw * 500;
	sensor->raw += 20;
	return 0;
}

static int sensor_set_trips(struct thermal_zone_device *tz, int low, int high)
{
	struct sensor *sensor = thermal_zone_device_priv(tz);

	sensor->low = low;
	sensor->high = high;
	report(low);
	report(high);
	return 0;
}

static void sensor_critical(struct thermal_zone_device *tz)
{
	struct sensor *sensor = thermal_zone_device_priv(tz);

	report(++sensor->shutdowns);
}

static int fan_get_max_state(struct thermal_cooling_device *cdev, unsigned long *state)
{
	*state = *(u8 *)cdev->devdata;
	return 0;
}

static int fan_set_cur_state(struct thermal_cooling_device *cdev, unsigned long state)
{
	if (state > cdev->max_state)
		return -22;
	fan_speed = state;
	return 0;
}

static const struct thermal_zone_device_ops sensor_ops = {
	sensor_should_bind, sensor_get_temp, sensor_set_trips, sensor_critical};
static const struct thermal_cooling_device_ops fan_ops = {fan_get_max_state, fan_set_cur_state};

static int sensor_probe(void)
{
	static u8 fan_levels = 7;
	struct sensor *sensor = kzalloc(sizeof(*sensor), 0);
	struct thermal_trip trips[3] = {
		{60000, 2000, 0, &sensor->limits[0]}, {80000, 5000, 1, &sensor->limits[1]}, {95000, 0, 2}};
	struct thermal_zone_device *tz;

	sensor->raw = 110;
	sensor->limits[0].states = 3;
	sensor->limits[1].states = 9;
	sensor->fan = thermal_cooling_device_register("fan", &fan_levels, &fan_ops);
	tz = thermal_zone_device_register_with_trips("cpu", trips, 3, sensor, &sensor_ops);
	if (!tz)
		return -12;
	for (int i = 0; i < 5; i++)
		thermal_zone_device_update(tz);
	report(fan_speed);
	report(sensor->limits[0].crossed * 10 + sensor->limits[1].crossed);
	report(sensor->high - sensor->low);
	return 0;
}

module_init(sensor_probe);
