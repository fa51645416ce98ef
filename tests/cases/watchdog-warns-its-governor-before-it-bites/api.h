// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

enum { WDOG_ACTIVE, WDOG_NO_WAY_OUT, WDOG_HW_RUNNING, WD_LOAD = 0, WD_CTRL };
struct regmap;

struct watchdog_info {
	u32 options, firmware_version;
	u8 identity[32];
};

struct watchdog_device {
	int id;
	const struct watchdog_info *info;
	const struct watchdog_ops *ops;
	u32 timeout, pretimeout, max_timeout;
	void *driver_data;
	unsigned long status;
};

struct watchdog_ops {
	int (*start)(struct watchdog_device *wdd);
	int (*set_timeout)(struct watchdog_device *wdd, u32 timeout);
};

struct regmap *dev_get_regmap(void);
int regmap_read(struct regmap *map, u32 reg, u32 *val);
int regmap_write(struct regmap *map, u32 reg, u32 val);
int request_irq(u32 irq, void (*handler)(void *data), void *data);
int watchdog_register_device(struct watchdog_device *wdd);
void watchdog_notify_pretimeout(struct watchdog_device *wdd);
