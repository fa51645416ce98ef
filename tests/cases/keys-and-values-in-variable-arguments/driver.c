// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct device one, two;

static int level(void)
{
	return one.mode + 4;
}

static int x_init(void)
{
	one.mode = 30;
	register_device(&one);
	report(kset(&one, key_level, level(), key_other, &two, key_end));
	report(one.level);
	report(two.level);
	report(two.seen);
	return 0;
}

module_init(x_init);
