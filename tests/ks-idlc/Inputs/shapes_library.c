// SPDX-License-Identifier: MIT
/* What the domain of shapes.idl provides: a library, and a clone. */
#include <stddef.h>

int ks_lib_memcmp(const void *a, const void *b, size_t n);
void *ks_lib_memset(void *to, int value, size_t n);
void *ks_lib_memcpy(void *to, const void *from, size_t n);
void ks_clone_set_level(void *device);

int ks_lib_memcmp(const void *a, const void *b, size_t n)
{
	return __builtin_memcmp(a, b, n);
}

void *ks_lib_memset(void *to, int value, size_t n)
{
	return __builtin_memset(to, value, n);
}

void *ks_lib_memcpy(void *to, const void *from, size_t n)
{
	return __builtin_memcpy(to, from, n);
}

void ks_clone_set_level(void *device)
{
	(void)device;
}
