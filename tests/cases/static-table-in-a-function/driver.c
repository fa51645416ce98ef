// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct map map = {.last = 40};

static int x_init(void)
{
	static const struct range ranges[] = {{1, 5}, {10, 20}, {30, 40}};

	map.ranges = ranges;
	return map_register(&map);
}

module_init(x_init);
