// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dv D = { .users = { 5 }, .packets = 7 };

void kpoke(void)
{
	kernel_only();
	atomic_inc(&D.users);
	atomic_inc(&D.resets);
	D.packets += 100;
}

int kreg(int (*f)(struct dv *d))
{
	kernel_only();
	f(&D);
	return D.users.counter * 10000 + D.resets.counter * 1000 + D.packets;
}
