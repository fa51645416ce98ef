// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct device one, two;

static int x_init(void)
{
	one.level = 1;
	two.level = 20;
	report(kadd(2, &one, &two));
	report(one.level);
	report(two.level);
	report(two.mode);
	return 0;
}

module_init(x_init);
