// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct device one;
static struct other two;

static void calls(void)
{
	kva("a", &one);
	kva("b", &one, 2);
	kother("a", &one);
	kother("b", &two);
	kmany(1, &one);
	kmany(one.mode, &one);
	kuntil(1, &one, one.mode ? &one : NULL);
	kelsewhere(&one, 1);
}

static int x_init(void)
{
	one.level = 1;
	report(register_device(&one));
	if (one.level == 1000)
		calls();
	report(one.level);
	return 0;
}

module_init(x_init);
