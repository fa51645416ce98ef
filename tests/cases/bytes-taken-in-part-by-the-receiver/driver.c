// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_port {
	struct uart_port port;
	u32 room;
	u8 fifo[8];
};

struct gps {
	struct serdev *s;
	u8 line[16];
	u32 len, lines, wakes;
};

static u32 empty(struct uart_port *port)
{
	struct x_port *x = container_of(port, struct x_port, port);
	u32 was = x->room;

	x->room = port->fifosize;
	return was == port->fifosize;
}

static void send_one(struct x_port *x, u8 c)
{
	x->fifo[--x->room] = c;
	x->port.icount.tx++;
}

static void start(struct uart_port *port)
{
	struct x_port *x = container_of(port, struct x_port, port);
	struct circ *xmit = &port->state->xmit;
	long sum = 0;

	if (port->x_char && x->room) {
		send_one(x, port->x_char);
		port->x_char = 0;
	}
	while (xmit->head != xmit->tail && x->room) {
		send_one(x, xmit->buf[xmit->tail]);
		xmit->tail = (xmit->tail + 1) & (XMIT - 1);
	}
	for (u32 i = x->room; i < port->fifosize; i++)
		sum = sum * 7 + x->fifo[i];
	report(sum);
	if (((xmit->head - xmit->tail) & (XMIT - 1)) < 4)
		kuart_write_wakeup(port);
}

static void set_termios(struct uart_port *port, u32 *cflag, const u32 *old)
{
	if (old && (*old & 0xff) == (*cflag & 0xff))
		*cflag |= 0x1000;
	*cflag &= ~0x200u;
	port->mctrl = *cflag >> 8;
}

static const char *type(struct uart_port *port)
{
	return port->fifosize > 4 ? "x8" : NULL;
}

static const struct uart_ops port_ops = {empty, start, set_termios, type};

static int gps_receive(struct serdev *s, const u8 *data, size_t count)
{
	struct gps *gps = s->drvdata;
	size_t used = 0;

	while (used < count) {
		u8 c = data[used++];

		if (c == '\n') {
			long sum = 0;

			for (u32 i = 0; i < gps->len; i++)
				sum = sum * 5 + gps->line[i];
			report(sum);
			gps->len = 0;
			gps->lines++;
			break;
		}
		if (gps->len < sizeof(gps->line))
			gps->line[gps->len++] = c;
	}
	return used;
}

static void gps_wakeup(struct serdev *s)
{
	struct gps *gps = s->drvdata;

	gps->wakes++;
}

static const struct serdev_ops gps_ops = {gps_receive, gps_wakeup};

static int x_init(void)
{
	struct x_port *x = kzalloc(sizeof(*x), 0);
	struct gps *gps = kzalloc(sizeof(*gps), 0);
	u8 hello[] = {'$', 'P', 'M', 'T', '\n'};

	x->port.fifosize = x->room = 8;
	x->port.ops = &port_ops;
	report(kuart_add(&x->port));
	report(x->port.line);
	if (kserdev_open(&gps->s))
		return -19;
	gps->s->drvdata = gps;
	gps->s->ops = &gps_ops;
	gps->s->baud = 9600;
	report(kserdev_write(gps->s, hello, sizeof(hello)));
	report(kserdev_write(gps->s, hello + 1, 3));
	report(gps->wakes);
	return 0;
}

module_init(x_init);
