// SPDX-License-Identifier: MIT
#include <linux/api.h>

static void *T[16];

int id_alloc(void *p, int start)
{
	kernel_only();
	for (int i = start; i < 16; i++)
		if (!T[i]) {
			T[i] = p;
			return i;
		}
	return -28;
}

void *id_find(int id)
{
	kernel_only();
	return id < 16 ? T[id] : NULL;
}

void *id_remove(int id)
{
	kernel_only();
	void *p = T[id];
	T[id] = NULL;
	return p;
}

int id_for_each(int (*fn)(int id, void *p, void *data), void *data)
{
	kernel_only();
	int n = 0;
	for (int i = 0; i < 16; i++)
		if (T[i]) {
			int e = fn(i, T[i], data);
			if (e)
				return e;
			n++;
		}
	return n;
}
