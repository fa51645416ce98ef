// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct slot {
	u32 owner;
	u16 weight, uses;
};

struct pool {
	u32 round;
	struct slot slots[];
};

struct pool *pool_alloc(u32 slots);
int pool_step(struct pool *p, int (*pick)(struct pool *p, u32 round));
