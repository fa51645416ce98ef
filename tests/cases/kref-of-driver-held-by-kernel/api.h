// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kref {
	atomic_t refcount;
};

struct owner {
	struct kref ref;
	u32 uses;
	void (*release)(struct kref *ref);
};

static inline void kref_init(struct kref *ref)
{
	ref->refcount.counter = 1;
}

static inline void kref_get(struct kref *ref)
{
	asm volatile("lock incl %0" : "+m"(ref->refcount.counter)::"memory");
}

static inline int kref_put(struct kref *ref, void (*release)(struct kref *ref))
{
	unsigned char zero;

	asm volatile("lock decl %0; sete %1" : "+m"(ref->refcount.counter), "=qm"(zero)::"memory");
	if (zero)
		release(ref);
	return zero;
}

void khold(struct owner *owner);
int kdrop(void);
