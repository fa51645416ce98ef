// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct node {
	struct node *next;
	void (*run)(struct node *node);
	u32 cost;
};

void kqueue(struct node *node);
u32 kdrain(void);
