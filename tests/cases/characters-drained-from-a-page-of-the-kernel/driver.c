// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_port {
	struct port port;
	u8 fifo[8];
	u32 level;
	u32 checksum;
};

static struct x_port ports[2];

static void x_transmit(struct x_port *x)
{
	struct circ *xmit = &x->port.state->xmit;

	if (x->port.x_char) {
		x->checksum = x->checksum * 7 + x->port.x_char;
		x->port.x_char = 0;
		x->port.icount.tx++;
	}
	while (circ_pending(xmit) && x->level < x->port.fifosize) {
		x->fifo[x->level++] = xmit->buf[xmit->tail];
		xmit->tail = (xmit->tail + 1) & (XMIT - 1);
		x->port.icount.tx++;
	}
	if (circ_pending(xmit) < 8)
		port_wakeup(&x->port);
}

static void x_start_tx(struct port *p)
{
	x_transmit(container_of(p, struct x_port, port));
}

static int x_irq(int irq, void *data)
{
	struct x_port *x = data;

	for (u32 i = 0; i < x->level; i++) {
		x->checksum = x->checksum * 7 + x->fifo[i];
		x->port.icount.rx++;
		if (!port_insert(&x->port, x->fifo[i] ^ irq, i == 3))
			x->port.icount.overrun++;
	}
	x->level = 0;
	port_push(&x->port);
	x_transmit(x);
	return 1;
}

static u32 x_empty(struct port *p)
{
	return container_of(p, struct x_port, port)->level == 0;
}

static int x_startup(struct port *p)
{
	port_irq(x_irq, container_of(p, struct x_port, port));
	return p->line;
}

static void x_baud(struct port *p, u32 *baud)
{
	*baud = 1843200 / (16 * (115200 / *baud));
	p->baud = *baud + p->line;
}

static const struct port_ops ops = {x_empty, x_start_tx, x_startup, x_baud};

static int x_init(void)
{
	for (int i = 0; i < 2; i++) {
		ports[i].port.line = i;
		ports[i].port.fifosize = 4 + 4 * i;
		ports[i].port.ops = &ops;
		if (port_add(&ports[i].port))
			return -5;
	}
	report(ports[1].port.icount.tx * 1000 + ports[1].checksum);
	return 0;
}

module_init(x_init);
