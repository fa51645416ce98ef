// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct device one, two;

static int x_init(void)
{
	one.level = 1;
	two.level = 20;
	register_device(&one);
	register_device(&two);
	report(kadd(7, &one, &two, NULL));
	report(one.level);
	report(two.level);
	two.level = 50;
	report(kadd(7, &two, &one, NULL));
	report(one.level);
	report(two.level);
	return 0;
}

module_init(x_init);
