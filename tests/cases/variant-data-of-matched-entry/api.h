// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct match {
	char compatible[24];
	const void *data;
};

struct device {
	const char *compatible;
	void *drvdata;
	u32 regs[16];
};

struct platform_driver {
	const char *name;
	const struct match *table;
	int (*probe)(struct device *dev);
	void (*shutdown)(struct device *dev);
};

int platform_add(struct platform_driver *d);
const void *device_get_match_data(const struct device *dev);
u32 dev_read(struct device *dev, u32 reg);
void dev_write(struct device *dev, u32 reg, u32 value);
int strcmp(const char *a, const char *b);
