// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct device {
	u32 flags;
	u32 level;
	u32 mode;
	const struct ops *ops;
};

struct request {
	struct device *d;
	u32 value;
};

struct large {
	u64 before;
	struct request r;
	const char *name;
};

struct ops {
	u32 (*set)(struct request r);
	u32 (*large)(u32 a, struct large l);
};

int register_device(struct device *d);
u32 kernel_set(struct request r);
struct request kernel_find(u32 value);
