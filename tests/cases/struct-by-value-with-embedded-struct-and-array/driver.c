// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct port mine = {5, 0}, other = {6, 0};

static int x_turn(struct change c)
{
	struct change back = {2, {1, &mine}, {&other, c.others[0]}};
	c.link.port->users = 7;
	c.others[1]->users = c.link.port->speed + c.others[1]->speed;
	kchange(back);
	return mine.users + other.users * 10;
}

static int x_init(void)
{
	report(kreg(x_turn));
	return 0;
}

module_init(x_init);
