// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct hw H[2];

static int add(const char *name)
{
	static int k;
	H[k].init.name = name;
	H[k].init.flags = 5;
	return clk_register(&H[k++]);
}

static int x_init(void)
{
	report(add("pll"));
	report(add("uart"));
	return 0;
}

module_init(x_init);
