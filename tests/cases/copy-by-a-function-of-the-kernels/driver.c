// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct resource resources[] = {{1, 4}, {10, 19}, {30, 70}, {100, 101}};
static struct cell cell = {resources, 3};

static int x_init(void)
{
	int status = cell_add(&cell);

	report(status);
	cell.resources = resources + 2;
	cell.count = 2;
	return cell_add(&cell);
}

module_init(x_init);
