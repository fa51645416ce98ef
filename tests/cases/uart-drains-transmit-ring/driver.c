// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_port {
	struct uart_port port;
	u32 wire, enabled;
};

static void x_fill_fifo(struct x_port *x)
{
	struct circ_buf *xmit = x->port.xmit;
	for (u32 n = 0; xmit->head != xmit->tail && n < x->port.fifosize; n++) {
		x->wire = x->wire * 3 + xmit->buf[xmit->tail];
		xmit->tail = (xmit->tail + 1) & 7;
		x->port.tx++;
	}
}

static void x_irq(struct uart_port *port, char in)
{
	struct x_port *x = container_of(port, struct x_port, port);
	spin_lock(&port->lock);
	port->rx++;
	tty_insert_flip_char(port, in, in < 32);
	x_fill_fifo(x);
	if (port->xmit->head == port->xmit->tail)
		uart_write_wakeup(port, x->wire);
	spin_unlock(&port->lock);
}

static void x_start_tx(struct uart_port *port)
{
	struct x_port *x = container_of(port, struct x_port, port);
	if (x->enabled++ == 0)
		x_fill_fifo(x);
}

static int x_init(void)
{
	struct x_port *x = kzalloc(sizeof *x, 0);
	x->port.start_tx = x_start_tx;
	x->port.fifosize = 2;
	report(uart_add_one_port(&x->port, x_irq));
	report(x->wire * 10 + x->port.tx);
	return 0;
}
module_init(x_init);
