// SPDX-License-Identifier: MIT
#include <linux/api.h>

static fn f[4];
static void *d[4];
static int n;

int kadd(fn g, void *data)
{
	kernel_only();
	f[n] = g;
	d[n++] = data;
	return 0;
}

int kfire(int v)
{
	kernel_only();
	int r = 0;
	for (int i = 0; i < n; i++)
		r += f[i](d[i], v + i);
	return r;
}

int later(void)
{
	return kfire(1);
}
