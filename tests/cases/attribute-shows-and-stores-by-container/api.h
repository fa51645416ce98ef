// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct attribute {
	const char *name;
	u16 mode;
};

struct device {
	void *driver_data;
	u32 events;
};

struct device_attribute {
	struct attribute attr;
	long (*show)(struct device *dev, struct device_attribute *attr, char *buf);
	long (*store)(struct device *dev, struct device_attribute *attr, const char *buf, size_t n);
};

int sysfs_create_files(struct device *dev, struct attribute **attrs);
void sysfs_notify(struct device *dev, const char *name);
long sysfs_emit_hex(char *buf, u32 value);
