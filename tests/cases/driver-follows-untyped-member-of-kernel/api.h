// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct state {
	u32 level;
	u32 limit;
};

struct dev {
	int (*open)(struct dev *d);
	void *platform;
};

int kadd(struct dev *d);
