// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct stats {
	u64 packets, bytes;
};

struct queue {
	u32 length;
	struct stats stats;
};

struct dev {
	u64 counts[4];
	struct stats total;
	struct queue queues[3];
};

int kreg(int (*f)(struct dev *d));
void kpoke(void);
