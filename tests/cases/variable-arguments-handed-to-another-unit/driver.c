// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct device one;

static int x_init(void)
{
	one.level = 1;
	report(register_device(&one));
	if (one.level == 1000)
		kmove(4, &one);
	report(one.level);
	return 0;
}

module_init(x_init);
