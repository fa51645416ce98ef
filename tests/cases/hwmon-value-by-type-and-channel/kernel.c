// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct hwmon_ops *op;
static const struct hwmon_channel_info *const *channels;
static struct device hwmon;
static int events;

static long each_visible(void)
{
	long sum = 0, val = 0;
	for (u32 i = 0; channels[i]; i++) {
		const struct hwmon_channel_info *c = channels[i];
		for (int n = 0; c->config[n]; n++)
			for (u32 a = 0; a <= HWMON_ALARM; a++)
				if (c->config[n] & 1 << a && !op->read(&hwmon, c->type, a, n, &val))
					sum = sum * 2 + val;
	}
	return sum;
}

struct device *hwmon_device_register(
	void *data, const struct hwmon_ops *ops, const struct hwmon_channel_info *const *info)
{
	kernel_only();
	hwmon.driver_data = data;
	op = ops;
	channels = info;
	op->write(&hwmon, HWMON_TEMP, HWMON_MAX, 0, each_visible() * 30);
	return &hwmon;
}

void hwmon_notify_event(struct device *dev, enum hwmon_type type, int channel)
{
	long val = 0;
	kernel_only();
	op->read(dev, type, HWMON_INPUT, channel, &val);
	events = events * 2 + val + channel;
}

int later(void)
{
	long sum = each_visible() * 1000;
	kernel_only();
	sum += op->write(&hwmon, HWMON_TEMP, HWMON_MAX, 1, 70000);
	sum += each_visible();
	return sum + events * 10000;
}
