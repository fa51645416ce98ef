// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dv {
	u64 state;
	u32 mode;
};

int kreg(int (*f)(struct dv *d));
void kpoke(struct dv *d);

static inline void set_bit(long n, u64 *word)
{
	asm volatile("lock btsq %1,%0" : "+m"(*word) : "Ir"(n) : "memory");
}

static inline void clear_bit(long n, u64 *word)
{
	asm volatile("lock btrq %1,%0" : "+m"(*word) : "Ir"(n) : "memory");
}
