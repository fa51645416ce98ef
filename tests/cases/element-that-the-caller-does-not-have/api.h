// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct queue {
	int (*setup)(struct queue *q, u32 planes, u32 *sizes);
	u32 calls;
};

void kqueue(struct queue *q);
