// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct xarray {
	u32 count, flags;
	void *slots[8];
};

void *xa_store(struct xarray *xa, unsigned long index, void *entry);
void *xa_load(struct xarray *xa, unsigned long index);
void *xa_erase(struct xarray *xa, unsigned long index);
int xa_alloc(struct xarray *xa, u32 *id, void *entry, u32 min);
void *xa_find(struct xarray *xa, unsigned long *index);
void on_event(long (*event)(u32 id, u32 arg));

static inline void *xa_mk_value(unsigned long v)
{
	return (void *)(v << 1 | 1);
}

static inline unsigned long xa_to_value(const void *entry)
{
	return (unsigned long)entry >> 1;
}

static inline _Bool xa_is_value(const void *entry)
{
	return (unsigned long)entry & 1;
}
