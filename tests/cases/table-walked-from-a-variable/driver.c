// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u32 speed = 3, depth;

static int x_set_depth(u32 v)
{
	depth = v * 2;
	return 0;
}

static int x_check(u32 v)
{
	return v == 7 ? -22 : 1;
}
static const struct param params[] = {
	{"speed", 1, 10, x_check}, {"depth", 0, 100, x_set_depth}, {}};

static int x_init(void)
{
	note(register_params(params));
	note(speed);
	note(depth);
	return 0;
}

module_init(x_init);
