// SPDX-License-Identifier: MIT
#include <linux/api.h>

static long (*handler)(u32 id, u32 arg);

void *xa_store(struct xarray *xa, unsigned long index, void *entry)
{
	void *old = xa->slots[index];

	kernel_only();
	xa->count += !old - !entry;
	xa->slots[index] = entry;
	return old;
}

void *xa_load(struct xarray *xa, unsigned long index)
{
	kernel_only();
	return index < 8 ? xa->slots[index] : NULL;
}

void *xa_erase(struct xarray *xa, unsigned long index)
{
	kernel_only();
	return xa_store(xa, index, NULL);
}

int xa_alloc(struct xarray *xa, u32 *id, void *entry, u32 min)
{
	kernel_only();
	for (u32 i = min; i < 8; i++)
		if (!xa->slots[i]) {
			*id = i;
			xa_store(xa, i, entry);
			return 0;
		}
	return -16;
}

void *xa_find(struct xarray *xa, unsigned long *index)
{
	kernel_only();
	for (; *index < 8; ++*index)
		if (xa->slots[*index])
			return xa->slots[*index];
	return NULL;
}

void on_event(long (*event)(u32 id, u32 arg))
{
	kernel_only();
	handler = event;
}

int later(void)
{
	report(handler(2, 4));
	report(handler(0, 5));
	report(handler(0, 5));
	report(handler(3, 12));
	report(handler(3, 2));
	report(handler(1, 3));
	report(handler(2, 4));
	report(handler(0, 0));
	report(handler(2, 1));
	report(handler(0, 0));
	return 0;
}
