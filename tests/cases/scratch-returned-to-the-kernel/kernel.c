// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct port *port;
static const struct port_ops *port_ops;

int port_register(struct port *p, const struct port_ops *ops)
{
	kernel_only();
	port = p;
	port_ops = ops;
	p->id = 2;
	return 0;
}

int later(void)
{
	u16 *ring = port_ops->window(port, 2);
	u8 *tail = port_ops->window(port, 20);

	report(ring[1] * 100 + tail[1]);
	for (int i = 0; i < 6; i++)
		ring[i] += 100 * i;
	memset(tail + 2, 3, 4);
	port_ops->flush(port, 10);
	report(tail[7]);
	ring = port_ops->window(port, 0);
	report(ring[0] * 10 + ring[4]);
	ring[15] = 1;
	port_ops->flush(port, 16);
	return port_ops->window(port, 40) != NULL;
}
