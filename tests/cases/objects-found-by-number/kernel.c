// SPDX-License-Identifier: MIT
#include <linux/api.h>

static void *slot[4];

int idr_put(void *p)
{
	kernel_only();
	for (int i = 0; i < 4; i++)
		if (!slot[i]) {
			slot[i] = p;
			return i;
		}
	return -1;
}

void *idr_find(int id)
{
	kernel_only();
	return id < 4 ? slot[id] : NULL;
}

void *idr_del(int id)
{
	kernel_only();
	void *p = slot[id];
	slot[id] = NULL;
	return p;
}

void idr_each(int (*fn)(int, void *, void *), void *data)
{
	kernel_only();
	for (int i = 0; i < 4; i++)
		if (slot[i])
			fn(i, slot[i], data);
}
