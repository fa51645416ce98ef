// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Which memory a domain that shares the kernel's allocators has got from them. Only what kfree() takes
 * back is noted: it says itself how large it is.
 */
#include <linux/mm.h>
#include <linux/slab.h>

#include "ks-rt/rt.h"

void *ks_allocated(void *memory);
void ks_moved(const void *memory);
bool ks_freed(const void *memory);
bool ks_freed_bulk(size_t count, void **memory);
bool ks_freed_percpu(const void *start);

/* What an allocator of the domain library's returns. */
void *ks_allocated(void *memory)
{
	if (!ZERO_OR_NULL_PTR(memory) && !IS_ERR(memory) && !is_vmalloc_addr(memory))
		ks_block_add(memory, ksize(memory));
	return memory;
}

/* What one is about to put elsewhere. */
void ks_moved(const void *memory)
{
	if (!ZERO_OR_NULL_PTR(memory))
		ks_block_remove(memory);
}

/* What one is about to take back; false if it is the kernel's, which gives it back itself. */
bool ks_freed(const void *memory)
{
	return ZERO_OR_NULL_PTR(memory) || ks_block_remove(memory) || !ks_shadow_freed(memory);
}

bool ks_freed_bulk(size_t count, void **memory)
{
	bool all = true;
	size_t i;

	for (i = 0; i < count; i++)
		if (!ks_freed(memory[i])) {
			memory[i] = NULL;
			all = false;
		}
	for (i = 0; !all && i < count; i++)
		kfree(memory[i]);
	return all;
}

bool ks_freed_percpu(const void *start)
{
	return !ks_percpu_freed(start);
}
