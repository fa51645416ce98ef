// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct ring {
	u32 head, tail;
	u32 slot[8];
};

struct dev {
	struct ring rx;
	struct ring *tx;
	void (*poll)(struct dev *d, int budget);
	u32 sum;
};

void dev_register(struct dev *d);
void dev_kick(struct dev *d);
