// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dv D, other;

int kreg(int (*f)(struct dv *d, struct dv *e))
{
	kernel_only();
	D.seen = 3;
	other.level = 4;
	int result = f(&D, &other);
	return result + D.level * 100 + other.level;
}
