// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define EPROBE_DEFER 517
#define KERR_PTR(error) ((void *)(long)(error))
#define KPTR_ERR(pointer) ((long)(pointer))
#define KIS_ERR(pointer) ((unsigned long)(pointer) >= (unsigned long)-4095)

struct devres {
	struct devres *next;
	void (*action)(void *data);
	void *data;
};

struct device {
	struct devres *res;
	u32 probes;
};

struct supply {
	u32 users, microvolts;
};

int driver_register(int (*probe)(struct device *dev));
void *devm_kzalloc(struct device *dev, size_t size);
void devm_add_action(struct device *dev, void (*action)(void *data), void *data);
struct supply *devm_supply_get(struct device *dev, const char *name);
