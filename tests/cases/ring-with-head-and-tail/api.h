// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct ring {
	u32 head, tail, mask;
	u32 *slots;
};

struct queue {
	struct ring tx, rx;
	void (*kick)(struct queue *q);
};

int queue_add(struct queue *q);
int queue_drain(void);
