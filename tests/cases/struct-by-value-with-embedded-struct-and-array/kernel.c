// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct port one, two, three;

int kreg(int (*turn)(struct change c))
{
	struct change c = {1, {1, &one}, {&two, &three}};
	kernel_only();
	one.speed = 3;
	two.speed = 4;
	three.speed = 5;
	int result = turn(c);
	return result + one.users * 100 + two.users * 1000 + three.users * 10000;
}

void kchange(struct change c)
{
	kernel_only();
	c.link.port->users = c.link.port->speed + c.step;
	c.others[0]->users = c.others[0]->speed;
	c.others[1]->users = 1;
}
