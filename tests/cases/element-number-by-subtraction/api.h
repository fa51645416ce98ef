// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct trip {
	int temperature;
};

struct zone {
	int count;
	struct trip trips[4];
};

struct zone_ops {
	int (*changed)(struct zone *z, const struct trip *t);
};

int zone_register(const struct zone_ops *ops);
