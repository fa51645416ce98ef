// SPDX-License-Identifier: MIT
#include <linux/api.h>

int kreg(int (*turn)(struct msg *m))
{
	struct msg *m = kzalloc(sizeof *m + 16, 0);
	kernel_only();
	m->len = 16;
	for (u32 i = 0; i < 16; i++)
		m->data[i] = i;
	return turn(m);
}
