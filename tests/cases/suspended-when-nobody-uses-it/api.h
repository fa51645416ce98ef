// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct device;

struct dev_pm_ops {
	int (*suspend)(struct device *dev);
	int (*resume)(struct device *dev);
	int (*runtime_suspend)(struct device *dev);
	int (*runtime_resume)(struct device *dev);
	int (*runtime_idle)(struct device *dev);
};

struct device_driver {
	const char *name;
	int (*probe)(struct device *dev);
	void (*remove)(struct device *dev);
	const struct dev_pm_ops *pm;
};

struct dev_pm_info {
	int usage, children, disable_depth, status, error;
	unsigned long last_busy;
	u32 autosuspend_delay;
	_Bool use_autosuspend;
};

struct device {
	struct device *parent;
	struct device_driver *driver;
	void *driver_data, *platform_data;
	int id;
	struct dev_pm_info power;
};

struct pdata {
	u32 regs, wake;
};

int kdriver_register(struct device_driver *drv);
void kpm_enable(struct device *dev);
int kpm_get_sync(struct device *dev);
int kpm_put(struct device *dev);
void kpm_mark_busy(struct device *dev);
int kdevice_for_each_child(struct device *dev, void *data, int (*fn)(struct device *d, void *data));
