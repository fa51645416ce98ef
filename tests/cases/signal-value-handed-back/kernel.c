// SPDX-License-Identifier: MIT
#include <linux/api.h>

int knote(struct note *n)
{
	kernel_only();
	return n->fire(n);
}
