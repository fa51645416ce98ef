// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct device one, two, three;

static int x_init(void)
{
	one.level = 1;
	two.level = 20;
	register_device(&one);
	register_device(&three);
	report(kmove(4, &one, &two, &three));
	report(one.level);
	report(two.level);
	report(two.mode);
	report(three.level);
	report(three.seen);
	return 0;
}

module_init(x_init);
