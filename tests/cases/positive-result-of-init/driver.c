// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u32 x_poll(struct port *p)
{
	return ++p->n;
}

static struct port P = {4, x_poll};

static int x_init(void)
{
	port_add(&P);
	return 5;
}

module_init(x_init);
