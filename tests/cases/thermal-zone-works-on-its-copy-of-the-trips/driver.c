// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct tsens {
	struct thermal_zone_device *tz;
	struct thermal_cooling_device *fan;
	int offset, high, duty;
};

static int tsens_get_temp(struct thermal_zone_device *tz, int *temp)
{
	struct tsens *ts = tz->devdata;
	int raw = readl(0);
	*temp = raw * 250 + ts->offset;
	return raw < 0 ? raw : 0;
}

static int tsens_set_trips(struct thermal_zone_device *tz, int low, int high)
{
	struct tsens *ts = tz->devdata;
	ts->high = high;
	return (high - low - ts->offset) / 250;
}

static int tsens_lower(struct thermal_trip *trip, void *arg)
{
	if (trip->temperature <= ((const struct thermal_trip *)arg)->temperature)
		return 0;
	trip->temperature -= trip->hysteresis;
	return 1;
}

static void tsens_hot(struct thermal_zone_device *tz, const struct thermal_trip *trip)
{
	struct tsens *ts = tz->devdata;
	struct thermal_trip crossed = *trip;
	report(thermal_zone_for_each_trip(ts->tz, tsens_lower, &crossed) * 100000 + ts->high + (trip->priv == ts->fan));
}

static int fan_set_cur_state(struct thermal_cooling_device *cdev, u32 state)
{
	struct tsens *ts = cdev->devdata;
	if (state > 10)
		return -22;
	ts->duty = state * 25;
	report(ts->duty * 1000 + ts->tz->temperature / 100);
	return 0;
}

static const struct thermal_zone_device_ops tsens_ops = {tsens_get_temp, tsens_set_trips, tsens_hot};

static int tsens_init(void)
{
	struct thermal_trip trips[3] = {{60000, 2000, THERMAL_TRIP_PASSIVE, NULL}, {80000, 3000, THERMAL_TRIP_HOT, NULL}};
	struct tsens *ts = kzalloc(sizeof(*ts), 0);
	if (!ts)
		return -12;
	ts->offset = readl(4) * 10;
	ts->fan = cooling_register(ts, fan_set_cur_state);
	trips[1].priv = trips[0].priv = ts->fan;
	trips[2] = (struct thermal_trip){trips[1].temperature + 15000, 5000, THERMAL_TRIP_CRITICAL, NULL};
	ts->tz = thermal_zone_register_with_trips(trips, 3, ts, &tsens_ops);
	if (ts->tz)
		return 0;
	kfree(ts);
	return -22;
}

module_init(tsens_init);
