// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct device {
	u32 level;
	int (*say)(struct device *d, const char *format, ...);
};

int register_device(struct device *d);
int kernel_say(struct device *d, const char *format, ...) __attribute__((format(printf, 2, 3)));
