// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dev D = {5, 29, 2, 0};

void kpoke(void)
{
	kernel_only();
	D.users += 4;
	D.level -= 10;
}

int kreg(int (*f)(struct dev *d))
{
	kernel_only();
	int state = f(&D);
	report(D.users);
	report(D.level);
	return state * 100 + D.rest;
}
