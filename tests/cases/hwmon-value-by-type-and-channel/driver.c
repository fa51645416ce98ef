// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_data {
	long temp[2], limit[2];
	u32 fan;
};

static int x_read(struct device *dev, enum hwmon_type type, u32 attr, int channel, long *val)
{
	struct x_data *x = dev->driver_data;
	if (type == HWMON_FAN)
		*val = x->fan++;
	else if (attr == HWMON_INPUT)
		*val = x->temp[channel];
	else if (attr == HWMON_ALARM)
		*val = x->temp[channel] > x->limit[channel];
	else
		return -95;
	return 0;
}

static int x_write(struct device *dev, enum hwmon_type type, u32 attr, int channel, long val)
{
	struct x_data *x = dev->driver_data;
	x->limit[channel] = val / 1000;
	if (x->limit[channel] < x->temp[channel])
		hwmon_notify_event(dev, type, channel);
	return type == HWMON_TEMP && attr == HWMON_MAX ? 0 : -95;
}

static const u32 x_temps[] = {1 << HWMON_INPUT | 1 << HWMON_MAX, 1 << HWMON_ALARM, 0};
static const u32 x_fans[] = {1 << HWMON_INPUT, 0};
static const struct hwmon_channel_info x_temp = {HWMON_TEMP, x_temps}, x_fan = {HWMON_FAN, x_fans};
static const struct hwmon_channel_info *const x_info[] = {&x_temp, &x_fan, NULL};
static const struct hwmon_ops x_ops = {x_read, x_write};

static int x_init(void)
{
	struct x_data *x = kzalloc(sizeof *x, 0);
	*x = (struct x_data){{41, 63}, {50, 60}, 900};
	hwmon_device_register(x, &x_ops, x_info);
	report(x->limit[0] * 1000 + x->fan);
	return 0;
}
module_init(x_init);
