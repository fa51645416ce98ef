// SPDX-License-Identifier: Dual MIT/GPL
/* The domain library of a process, what driver code calls without crossing; and the kernel's allocator. */
#include "shelf_kernel.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/* Natively there is no runtime. */
__attribute__((weak)) void ks_memory_freed(const void *address, size_t size);

void *kzalloc(size_t size, unsigned int flags)
{
	(void)flags;
	return calloc(1, size);
}

void kfree(const void *memory)
{
	if (memory && ks_memory_freed)
		ks_memory_freed(memory, malloc_usable_size((void *)memory));
	free((void *)memory);
}

int ks_lib_strcmp(const char *a, const char *b)
{
	return strcmp(a, b);
}

size_t ks_lib_strlen(const char *s)
{
	return strlen(s);
}

void *ks_lib_memcpy(void *to, const void *from, size_t n)
{
	return memcpy(to, from, n);
}

void *ks_lib_memmove(void *to, const void *from, size_t n)
{
	return memmove(to, from, n);
}

void *ks_lib_memset(void *to, int byte, size_t n)
{
	return memset(to, byte, n);
}

int ks_lib_memcmp(const void *a, const void *b, size_t n)
{
	return memcmp(a, b, n);
}
