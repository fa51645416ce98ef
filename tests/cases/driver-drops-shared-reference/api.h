// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dv {
	u32 level;
	atomic_t refs;
	u32 owner;
};

int kreg(int (*f)(struct dv *d));
void kget(struct dv *d);

static inline int atomic_dec_and_test(atomic_t *v)
{
	unsigned char zero;

	asm volatile("lock decl %0; sete %1" : "+m"(v->counter), "=qm"(zero)::"memory");
	return zero;
}

static inline u32 xchg32(u32 *p, u32 v)
{
	asm volatile("xchgl %0,%1" : "+r"(v), "+m"(*p)::"memory");
	return v;
}
