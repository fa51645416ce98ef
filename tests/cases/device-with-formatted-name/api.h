// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct class
{
	u32 devices;
};

struct device {
	struct device *parent;
	void *drvdata;
	u32 devt;
	u32 name;
};

struct class *class_create(u32 first);
struct device *device_create(
	struct class *cls, struct device *parent, u32 devt, void *drvdata, const char *fmt, ...);
u32 device_sum(struct device *d);
