// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dv {
	u32 level;
	atomic_t users;
	atomic_t resets;
	u64 packets;
};

int kreg(int (*f)(struct dv *d));
void kpoke(void);

static inline void atomic_inc(atomic_t *v)
{
	asm volatile("lock incl %0" : "+m"(v->counter)::"memory");
}

static inline void atomic_set(atomic_t *v, int value)
{
	v->counter = value;
}
