// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct nb {
	int (*call)(struct nb *, unsigned long ev, void *data);
	struct nb *next;
	int prio;
};

struct ev_a {
	u32 x;
	u32 *y;
};

struct ev_b {
	char name[8];
	int r;
};

void chain_add(struct nb *n);
int chain_call(unsigned long ev, void *data);
int fire(int what);
