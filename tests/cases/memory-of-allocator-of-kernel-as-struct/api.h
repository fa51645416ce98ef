// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct thing {
	int a, b;
	struct thing *next;
};

void *pool_take(unsigned long n);
void pool_give(void *p);
void thing_add(struct thing *t);
int thing_sum(void);
