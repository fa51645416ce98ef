// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u32 total;

void kport_add(struct port *port)
{
	kernel_only();
	port->head = port->tail = total;
}

int kpush(struct port *port, u32 count)
{
	int left;

	kernel_only();
	spin_lock(&port->lock);
	port->head += count;
	total += count;
	port->kick(port);
	left = port->head - port->tail + 10 * (port->drops != 0);
	spin_unlock(&port->lock);
	return left;
}
