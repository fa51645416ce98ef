// SPDX-License-Identifier: MIT
// What the kernel's functions that the pairs call come to in user space, for both ends.
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "ks-rt/rt.h"

// Natively there is no runtime, and no domain that would call what needs it.
#pragma weak ks_block_add
#pragma weak ks_block_remove
#pragma weak ks_memory_freed
#pragma weak ks_shadow_freed

void *kzalloc(size_t size, unsigned flags)
{
	(void)flags;
	return calloc(1, size ? size : 1);
}

void *kmalloc(size_t size, unsigned flags)
{
	return kzalloc(size, flags);
}

void kfree(const void *memory)
{
	if (memory && ks_memory_freed)
		ks_memory_freed(memory, malloc_usable_size((void *)memory));
	free((void *)memory);
}

// The domain's own library.
int ks_lib_strcmp(const char *a, const char *b)
{
	return strcmp(a, b);
}

size_t ks_lib_strlen(const char *string)
{
	return strlen(string);
}

void *ks_lib_memcpy(void *to, const void *from, size_t size)
{
	return memcpy(to, from, size);
}

void *ks_lib_memmove(void *to, const void *from, size_t size)
{
	return memmove(to, from, size);
}

void *ks_lib_memset(void *to, int byte, size_t size)
{
	return memset(to, byte, size);
}

int ks_lib_memcmp(const void *a, const void *b, size_t size)
{
	return memcmp(a, b, size);
}

void *ks_lib_kzalloc(size_t size, unsigned flags)
{
	void *memory = kzalloc(size, flags);

	ks_block_add(memory, size);
	return memory;
}

void *ks_lib_kmalloc(size_t size, unsigned flags)
{
	return ks_lib_kzalloc(size, flags);
}

void ks_lib_kfree(const void *memory)
{
	if (memory && !ks_block_remove(memory) && ks_shadow_freed(memory))
		return;
	kfree(memory);
}
