// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u32 *level;
static u8 *address;

static u32 tick(u32 x)
{
	u32 *count = port_count(1, x), *either = port_either(0, x == 1);
	u8 *other = port_address(0);

	*level += x + 1;
	count_on(level, 50);
	count_on(count, 2);
	*count += 1000;
	*either += 7;
	other[5] += 3;
	address[0] = (u8)x;
	return *level + *count + *either + other[5] + address[5];
}

static int x_init(void)
{
	struct port *p = port_get(0), *q = port_get(1);

	report(p->id + q->id);
	level = port_level(p);
	address = port_address(1);
	report(*level + address[5]);
	*level += 1;
	watch(level);
	port_listen(tick);
	return 0;
}

module_init(x_init);
