// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Blocks of memory that domains get from allocators which cannot say, later, which block an address
 * lies in: an index of them by address, for all domains that share the address space.
 */
#include "ks-rt/end/end.h"

static KS_DEFINE_LOCK(ks_blocks_lock);
static struct ks_span *ks_blocks;

/* Takes out the block that starts there. Under the lock. */
static struct ks_span *ks_block_take(const void *address)
{
	struct ks_span *span = ks_span_first(ks_blocks, address);

	if (!span || span->start != (size_t)address)
		return NULL;
	ks_span_remove(&ks_blocks, span);
	return span;
}

/* Without memory for it the block is not known as one: what lies in it are objects for themselves. */
void ks_block_add(const void *address, size_t size)
{
	struct ks_span *made = address && size ? ks_os_alloc(sizeof(*made)) : NULL;
	struct ks_span *old;
	unsigned long state;

	if (!made)
		return;
	state = ks_lock_acquire(&ks_blocks_lock);
	old = ks_block_take(address);
	ks_span_add(&ks_blocks, made, address, size);
	ks_lock_release(&ks_blocks_lock, state);
	ks_os_free(old);
}

size_t ks_block_remove(const void *address)
{
	unsigned long state = ks_lock_acquire(&ks_blocks_lock);
	struct ks_span *span = ks_block_take(address);
	size_t size = span ? span->end - span->start : 0;

	ks_lock_release(&ks_blocks_lock, state);
	if (!span)
		return 0;
	ks_block_freed(address, size);
	ks_os_free(span);
	return size;
}

void ks_os_block_free(void *block)
{
	if (ks_block_remove(block))
		ks_os_free(block);
}

void *ks_os_block(const void *address, size_t *size)
{
	unsigned long state = ks_lock_acquire(&ks_blocks_lock);
	struct ks_span *span = ks_span_holding(ks_blocks, address, NULL);
	void *start = NULL;

	if (span) {
		start = (void *)span->start;
		*size = span->end - span->start;
	}
	ks_lock_release(&ks_blocks_lock, state);
	return start;
}
