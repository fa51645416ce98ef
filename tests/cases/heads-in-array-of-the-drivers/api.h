// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct job {
	u32 cost;
	struct list_head link;
};

struct queue {
	u32 id;
	u32 total;
	struct list_head jobs;
};

int queue_add(struct queue *q);
u32 queue_settle(void);
