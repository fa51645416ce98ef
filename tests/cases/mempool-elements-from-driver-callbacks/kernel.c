// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kmempool *last;

struct kmempool *kmempool_create(int min_nr, void *(*alloc)(u32 size, void *data),
	void (*free)(void *element, void *data), void *data)
{
	struct kmempool *pool = kzalloc(sizeof *pool, 0);
	kernel_only();
	pool->min_nr = min_nr;
	pool->elements = kzalloc(min_nr * sizeof *pool->elements, 0);
	pool->alloc = alloc;
	pool->free = free;
	pool->data = data;
	while (pool->curr_nr < min_nr)
		pool->elements[pool->curr_nr++] = alloc(8, data);
	return last = pool;
}

void *kmempool_alloc(struct kmempool *pool, u32 size)
{
	void *element = pool->alloc(size, pool->data);
	kernel_only();
	if (element || !pool->curr_nr)
		return element;
	pool->fallbacks++;
	return pool->elements[--pool->curr_nr];
}

void kmempool_free(void *element, struct kmempool *pool)
{
	kernel_only();
	if (pool->curr_nr == pool->min_nr)
		pool->free(element, pool->data);
	else
		pool->elements[pool->curr_nr++] = element;
}

int later(void)
{
	void *fresh = kmempool_alloc(last, 7);
	void *kept = kmempool_alloc(last, 90);
	kernel_only();
	kmempool_free(fresh, last);
	kmempool_free(kept, last);
	return last->fallbacks * 100 + last->curr_nr * 10 + (last->elements[0] == fresh);
}
