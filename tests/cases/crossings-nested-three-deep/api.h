// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct ops;

struct node {
	u32 trace, depth;
	u64 sum;
	const struct ops *ops;
};

struct ops {
	void (*a)(struct node *node);
	void (*b)(struct node *node);
	int (*c)(struct node *node);
};

int kstart(const struct ops *ops);
void kmiddle(struct node *node);
void kinner(struct node *node);
