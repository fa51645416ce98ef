// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct pool {
	int n, min;
	void *e[4];
	void *(*alloc)(u32, void *);
	void (*free)(void *, void *);
	void *data;
};

struct pool *pool_create(int min, void *(*alloc)(u32 flags, void *data),
	void (*free)(void *e, void *data), void *data)
{
	kernel_only();
	struct pool *p = kzalloc(sizeof(*p), 0);
	p->min = min, p->alloc = alloc, p->free = free, p->data = data;
	while (p->n < min)
		p->e[p->n++] = alloc(1, data);
	return p;
}

void *pool_get(struct pool *p)
{
	kernel_only();
	return p->n ? p->e[--p->n] : p->alloc(2, p->data);
}

void pool_put(struct pool *p, void *e)
{
	kernel_only();
	if (p->n < p->min)
		p->e[p->n++] = e;
	else
		p->free(e, p->data);
}

void pool_destroy(struct pool *p)
{
	kernel_only();
	while (p->n)
		p->free(p->e[--p->n], p->data);
	kfree(p);
}
