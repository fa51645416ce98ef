// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum sensor_type { SENSOR_TEMP = 3, SENSOR_FAN };

struct device {
	void *drvdata;
	const char *name;
};

struct channel_info {
	enum sensor_type type;
	const u32 *config;
};

struct sensor_ops {
	u32 (*is_visible)(const void *data, enum sensor_type type, u32 attr, int channel);
	int (*read)(struct device *dev, enum sensor_type type, u32 attr, int channel, long *val);
	int (*write)(struct device *dev, enum sensor_type type, u32 attr, int channel, long val);
};

struct chip_info {
	const struct sensor_ops *ops;
	const struct channel_info *const *info;
};

struct device *sensor_register(const char *name, void *data, const struct chip_info *chip);

static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->drvdata;
}
