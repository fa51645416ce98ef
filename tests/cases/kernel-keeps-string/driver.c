// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int cb(void)
{
	return 5;
}

static int scenario(void)
{
	return kreg("first", cb) + kreg("second", cb);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
