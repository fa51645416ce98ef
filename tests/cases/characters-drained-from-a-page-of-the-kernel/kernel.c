// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct port_state states[2];
static int (*handler)(int irq, void *data);
static void *cookie;
static u32 wakeups;

int port_add(struct port *p)
{
	struct port_state *s = &states[p->line];

	kernel_only();
	s->port = p;
	s->xmit.buf = kzalloc(XMIT, 0);
	p->state = s;
	p->x_char = 'a' + p->line;
	p->ops->start_tx(p);
	return 0;
}

void port_irq(int (*h)(int irq, void *data), void *data)
{
	kernel_only();
	handler = h;
	cookie = data;
}

void port_wakeup(struct port *p)
{
	kernel_only();
	wakeups += p->line + 1;
}

int port_insert(struct port *p, u8 ch, u8 flag)
{
	kernel_only();
	if (p->state->flipped >= 10)
		return 0;
	p->state->flips[p->state->flipped++] = flag ? '!' : ch;
	return 1;
}

void port_push(struct port *p)
{
	long sum = 0;

	kernel_only();
	for (u32 i = 0; i < p->state->flipped; i++)
		sum = sum * 3 + p->state->flips[i];
	report(sum);
	p->state->flipped -= p->state->flipped > 4 ? 4 : p->state->flipped;
}

static void put(struct port_state *s, const char *text)
{
	for (; *text; text++) {
		s->xmit.buf[s->xmit.head] = *text;
		s->xmit.head = (s->xmit.head + 1) & (XMIT - 1);
	}
	s->port->ops->start_tx(s->port);
}

int later(void)
{
	u32 baud = 38400;

	states[1].xmit.head = states[1].xmit.tail = 60;
	put(&states[1], "the quick brown fox jumps");
	put(&states[0], "abc");
	report(states[1].port->ops->startup(states[1].port));
	states[1].port->ops->set_baud(states[1].port, &baud);
	report(baud + states[1].port->baud);
	while (!states[1].port->ops->tx_empty(states[1].port))
		handler(4, cookie);
	for (int i = 0; i < 2; i++) {
		struct port_count *c = &states[i].port->icount;

		report(c->tx * 10000 + c->rx * 100 + c->overrun);
		report(states[i].xmit.tail);
	}
	return wakeups;
}
