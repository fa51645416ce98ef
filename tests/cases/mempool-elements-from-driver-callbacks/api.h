// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kmempool {
	int min_nr, curr_nr, fallbacks;
	void **elements;
	void *data;
	void *(*alloc)(u32 size, void *data);
	void (*free)(void *element, void *data);
};
struct kmempool *kmempool_create(int min_nr, void *(*alloc)(u32 size, void *data),
	void (*free)(void *element, void *data), void *data);
void *kmempool_alloc(struct kmempool *pool, u32 size);
void kmempool_free(void *element, struct kmempool *pool);
