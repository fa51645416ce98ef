// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dev D = {.count = 3};

void kpoke(void)
{
	kernel_only();
	D.busy = 1;
	D.count += 4;
}

int kreg(int (*f)(struct dev *d))
{
	int result;

	kernel_only();
	result = f(&D);
	report(D.up * 1000 + D.busy * 100 + D.mode);
	return result * 100 + D.count;
}
