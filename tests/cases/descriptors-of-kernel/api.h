// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct desc {
	u32 addr, len, flags;
};

struct queue {
	struct desc *ring;
	u32 next;
	int (*kick)(struct queue *q, u32 n);
};

int queue_add(struct queue *q);
