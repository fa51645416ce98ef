// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Which memory a domain that shares the kernel's allocators has got from them. Only what kfree() takes
 * back is noted: it says itself how large it is.
 */
#include <linux/mm.h>
#include <linux/slab.h>

#include "ks-rt/rt.h"

void *ks_allocated(void *memory);
void ks_freed(const void *memory);
void ks_freed_bulk(size_t count, void **memory);

/* What an allocator of the domain library's returns. */
void *ks_allocated(void *memory)
{
	if (!ZERO_OR_NULL_PTR(memory) && !IS_ERR(memory) && !is_vmalloc_addr(memory))
		ks_block_add(memory, ksize(memory));
	return memory;
}

/* What one is about to take back. */
void ks_freed(const void *memory)
{
	if (!ZERO_OR_NULL_PTR(memory))
		ks_block_remove(memory);
}

void ks_freed_bulk(size_t count, void **memory)
{
	while (count)
		ks_freed(memory[--count]);
}
