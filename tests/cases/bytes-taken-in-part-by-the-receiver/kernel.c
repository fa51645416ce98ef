// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct uart_port *port;
static struct serdev *device;
static int wakeups, lines;
static u8 sent[16];
static u32 nsent;

int kuart_add(struct uart_port *p)
{
	kernel_only();
	p->line = lines++ + 3;
	p->state = kzalloc(sizeof(*p->state), 0);
	p->state->xmit.buf = kzalloc(XMIT, 0);
	port = p;
	return p->ops->type(p) ? p->ops->type(p)[1] : -1;
}

void kuart_write_wakeup(struct uart_port *p)
{
	kernel_only();
	wakeups += p->line;
}

int kserdev_open(struct serdev **s)
{
	kernel_only();
	device = kzalloc(sizeof(*device), 0);
	*s = device;
	return 0;
}

int kserdev_write(struct serdev *s, const u8 *data, size_t count)
{
	size_t done = 0;

	kernel_only();
	while (done < count && nsent < 7)
		sent[nsent++] = data[done++];
	if (done < count)
		s->ops->wakeup(s);
	return done;
}

static void put(const char *text)
{
	struct circ *xmit = &port->state->xmit;

	while (*text) {
		xmit->buf[xmit->head] = *text++;
		xmit->head = (xmit->head + 1) & (XMIT - 1);
	}
}

static int feed(const char *text, int count)
{
	u8 buffer[24];
	int done = 0, rounds = 0;

	for (int i = 0; i < count; i++)
		buffer[i] = text[i];
	while (done < count) {
		int used = device->ops->receive(device, buffer + done, count - done);

		if (used <= 0)
			break;
		done += used;
		rounds++;
	}
	return rounds * 100 + done;
}

int later(void)
{
	u32 flags = 0x1234, old = 0x34;

	put("abcdefghijk");
	port->x_char = 17;
	port->ops->start_tx(port);
	report(port->state->xmit.tail);
	report(port->ops->tx_empty(port));
	report(port->ops->tx_empty(port));
	put("lmnopqrstuvwxyz!?,.");
	port->ops->start_tx(port);
	port->ops->tx_empty(port);
	port->ops->start_tx(port);
	port->ops->tx_empty(port);
	port->ops->start_tx(port);
	report(port->state->xmit.tail * 100 + port->icount.tx);
	report(port->x_char);
	report(wakeups);
	port->ops->set_termios(port, &flags, &old);
	report(flags);
	port->ops->set_termios(port, &flags, NULL);
	report(flags);
	report(port->mctrl);
	report(feed("$GPGGA,1\n$GP", 12));
	report(feed("RMC\nx\n", 6));
	report(device->baud);
	for (u32 i = 0; i < nsent; i++)
		report(sent[i]);
	return nsent;
}
