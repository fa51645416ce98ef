// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum hwmon_type { HWMON_TEMP, HWMON_IN, HWMON_FAN };

enum hwmon_attr { HWMON_INPUT, HWMON_MIN, HWMON_MAX, HWMON_ALARM };

struct device {
	void *driver_data;
};

struct hwmon_channel_info {
	enum hwmon_type type;
	const u32 *config;
};

struct hwmon_ops {
	int (*read)(struct device *dev, enum hwmon_type type, u32 attr, int channel, long *val);
	int (*write)(struct device *dev, enum hwmon_type type, u32 attr, int channel, long val);
};

struct device *hwmon_device_register(
	void *data, const struct hwmon_ops *ops, const struct hwmon_channel_info *const *info);
void hwmon_notify_event(struct device *dev, enum hwmon_type type, int channel);
