// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>
int snprintf(char *buf, size_t size, const char *fmt, ...);
int kstrtouint(const char *s, u32 base, u32 *res);

struct attribute {
	const char *name;
	u16 mode;
};

struct device {
	struct device *parent;
	const struct attribute_group **groups;
	void *driver_data;
};

struct attribute_group {
	u16 (*is_visible)(struct device *dev, struct attribute *attr, int n);
	struct attribute **attrs;
};

struct device_attribute {
	struct attribute attr;
	long (*show)(struct device *dev, struct device_attribute *attr, char *buf);
	long (*store)(struct device *dev, struct device_attribute *attr, const char *buf, size_t n);
};

struct device *i2c_new_client_device(void);
int i2c_read_byte(struct device *dev, u8 command);
void devm_add_action(struct device *dev, void (*action)(void *data), void *data);
struct device *hwmon_device_register_with_groups(struct device *dev, void *drvdata,
						 const struct attribute_group **groups);
