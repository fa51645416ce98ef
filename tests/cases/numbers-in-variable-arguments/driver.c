// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int small = -3;
static long large = -5000000000;

static int x_init(void)
{
	report(ksum("all", small, large, (u64)1 << 40, 7));
	report(ksum("all", 1, 2L, (u64)3, 'x'));
	return 0;
}

module_init(x_init);
