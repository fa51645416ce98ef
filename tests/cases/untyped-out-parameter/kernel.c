// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dev D[2] = {{3, 0}, {4, 0}};

int kfind(int n, void **found)
{
	kernel_only();
	if (n > 1)
		return -2;
	*found = &D[n];
	return 0;
}

int klevel(int n)
{
	kernel_only();
	return D[n].level * 10 + D[n].mode;
}
