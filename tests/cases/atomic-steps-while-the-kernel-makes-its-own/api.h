// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dv {
	u32 level;
	atomic_t users;
	unsigned long state[2];
};

int kreg(int (*f)(struct dv *d));

static inline int atomic_inc_return(atomic_t *v)
{
	int by = 1;

	asm volatile("lock xaddl %0, %1" : "+r"(by), "+m"(v->counter)::"memory");
	return by + 1;
}

static inline int test_and_set_bit(long number, unsigned long *bits)
{
	int was;

	asm volatile("lock btsq %2, %1" : "=@ccc"(was), "+m"(*bits) : "Ir"(number) : "memory");
	return was;
}

static inline int test_and_clear_bit(long number, unsigned long *bits)
{
	int was;

	asm volatile("lock btrq %2, %1" : "=@ccc"(was), "+m"(*bits) : "Ir"(number) : "memory");
	return was;
}
