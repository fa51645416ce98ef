// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dv D, other, third;

int kreg(int (*f)(struct dv *d, struct dv *e))
{
	kernel_only();
	D.level = 3;
	D.next = &third;
	other.level = 4;
	third.level = 5;
	int result = f(&D, &other);
	return result + D.level * 100 + other.level * 10 + third.level;
}
