// SPDX-License-Identifier: Dual MIT/GPL
/* Per-CPU memory of a domain: units of 16 bytes, found first fit. */
#include "ks-rt/inside/heap.h"

#define KS_UNIT 16u
#define KS_UNITS_MAX 4096u

enum ks_unit_use { KS_UNIT_FREE, KS_UNIT_FIRST, KS_UNIT_LATER };

static struct {
	ks_lock lock;
	size_t offset;
	ks_u32 units;
	ks_u8 use[KS_UNITS_MAX];
} ks_percpu;

void ks_percpu_init(size_t offset, size_t size)
{
	ks_lock_init(&ks_percpu.lock);
	ks_percpu.offset = offset;
	ks_percpu.units = (ks_u32)(size / KS_UNIT < KS_UNITS_MAX ? size / KS_UNIT : KS_UNITS_MAX);
	memset(ks_percpu.use, KS_UNIT_FREE, sizeof(ks_percpu.use));
}

static bool ks_units_free(ks_u32 first, ks_u32 count)
{
	ks_u32 i;

	for (i = 0; i < count; i++)
		if (ks_percpu.use[first + i] != KS_UNIT_FREE)
			return false;
	return true;
}

static size_t ks_units_take(ks_u32 count, size_t align)
{
	ks_u32 first;

	for (first = 0; first < ks_percpu.units && count <= ks_percpu.units - first; first++) {
		size_t at = ks_percpu.offset + (size_t)first * KS_UNIT;

		if (!at || (at & (align - 1)) || !ks_units_free(first, count))
			continue;
		memset(&ks_percpu.use[first], KS_UNIT_LATER, count);
		ks_percpu.use[first] = KS_UNIT_FIRST;
		return at;
	}
	return 0;
}

size_t ks_percpu_alloc(size_t size, size_t align)
{
	unsigned long state;
	size_t at = 0;

	if (!size || !align || (align & (align - 1)) || align > KS_HEAP_PAGE ||
	    size > (size_t)KS_UNITS_MAX * KS_UNIT)
		return 0;
	state = ks_lock_acquire(&ks_percpu.lock);
	at = ks_units_take((ks_u32)((size + KS_UNIT - 1) / KS_UNIT), align);
	ks_lock_release(&ks_percpu.lock, state);
	return at;
}

/* The units that begin there, and the first of them. Under the lock. */
static ks_u32 ks_units_at(size_t offset, ks_u32 *first)
{
	size_t from = offset - ks_percpu.offset;
	ks_u32 count = 0;

	*first = (ks_u32)(from / KS_UNIT);
	if (from % KS_UNIT || from / KS_UNIT >= ks_percpu.units ||
	    ks_percpu.use[*first] != KS_UNIT_FIRST)
		return 0;
	do
		count++;
	while (*first + count < ks_percpu.units && ks_percpu.use[*first + count] == KS_UNIT_LATER);
	return count;
}

size_t ks_percpu_size(size_t offset)
{
	unsigned long state = ks_lock_acquire(&ks_percpu.lock);
	ks_u32 first, count = ks_units_at(offset, &first);

	ks_lock_release(&ks_percpu.lock, state);
	return (size_t)count * KS_UNIT;
}

size_t ks_percpu_free(size_t offset)
{
	unsigned long state = ks_lock_acquire(&ks_percpu.lock);
	ks_u32 first, count = ks_units_at(offset, &first);

	if (count)
		memset(&ks_percpu.use[first], KS_UNIT_FREE, count);
	ks_lock_release(&ks_percpu.lock, state);
	return (size_t)count * KS_UNIT;
}
