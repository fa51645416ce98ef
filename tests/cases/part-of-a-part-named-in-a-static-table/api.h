// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct attribute {
	const char *name;
	u16 mode;
};

struct device_attribute {
	struct attribute attr;
	u32 flags;
};

int sysfs_count_writable(struct attribute **attrs);
