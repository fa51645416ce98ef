// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum { WDOG_ACTIVE, WDOG_HW_RUNNING };

struct kernel_param {
	const char *name;
	int (*set)(const char *value, const struct kernel_param *kp);
	void *arg;
};

struct watchdog_device;

struct watchdog_ops {
	int (*start)(struct watchdog_device *wdd);
	int (*stop)(struct watchdog_device *wdd);
	int (*ping)(struct watchdog_device *wdd);
};

struct watchdog_device {
	const struct watchdog_ops *ops;
	u32 timeout, max_timeout;
	unsigned long status;
	void *driver_data;
};

int parse_args(const struct kernel_param *params);
int param_set_uint(const char *value, const struct kernel_param *kp);
int watchdog_register_device(struct watchdog_device *wdd);
