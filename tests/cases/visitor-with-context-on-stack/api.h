// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dev {
	u32 id, speed, mark;
	struct dev *next;
};

int kfor_each(int (*visit)(struct dev *dev, void *context), void *context);
struct dev *kfind(const void *key, int (*match)(struct dev *dev, const void *key));
