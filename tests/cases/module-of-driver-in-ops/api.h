// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct module {
	u32 state;
	int users;
	char name[16];
};

extern struct module __this_module;
#define THIS_MODULE (&__this_module)

struct device;

struct ops {
	struct module *owner;
	int (*open)(struct device *d);
};

struct device {
	const struct ops *ops;
	u32 level;
};

int register_device(struct device *d);
int open_device(struct device *d, struct module *by);
