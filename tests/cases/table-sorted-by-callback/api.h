// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

void ksort(void *base, size_t n, size_t size, int (*cmp)(const void *, const void *));
void *kbsearch(const void *key, const void *base, size_t n, size_t size,
	int (*cmp)(const void *, const void *));
