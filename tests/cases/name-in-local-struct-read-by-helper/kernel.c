// SPDX-License-Identifier: MIT
#include <linux/api.h>
static char N[8];

static void copy(char *to, const char *from)
{
	int i = 0;
	for (; from[i] && i < 7; i++)
		to[i] = from[i];
	to[i] = 0;
}

int clk_register(struct hw *h)
{
	kernel_only();
	copy(N, h->init->name);
	h->init = NULL;
	return N[0] * 256 + N[2];
}
