// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct device {
	u32 state;
	void *data;
};

int kadd_action(struct device *dev, void (*action)(void *data), void *data);
int kbind(int (*probe)(struct device *dev));
