// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct uart {
	u32 kicks;
	struct port port;
};

static void kick(struct port *port)
{
	struct uart *uart = container_of(port, struct uart, port);

	uart->kicks++;
	while (port->tail != port->head && port->tail < 6)
		port->tail++;
}

static void drain(struct uart *uart)
{
	spin_lock(&uart->port.lock);
	uart->port.drops += uart->port.head - uart->port.tail;
	uart->port.tail = uart->port.head;
	spin_unlock(&uart->port.lock);
}

static int scenario(void)
{
	struct uart *uart = kzalloc(sizeof(*uart), 0);
	int left;

	uart->port.kick = kick;
	kport_add(&uart->port);
	left = kpush(&uart->port, 4);
	left = left * 10 + kpush(&uart->port, 5);
	drain(uart);
	left = left * 10 + kpush(&uart->port, 1);
	report(uart->kicks * 100 + uart->port.drops);
	return left;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
