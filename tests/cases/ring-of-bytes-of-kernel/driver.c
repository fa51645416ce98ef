// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct my {
	struct uport port;
	char fifo[32];
	int n;
};

static u32 empty(struct uport *p)
{
	struct my *m = container_of(p, struct my, port);
	return m->n == 0;
}

static void start(struct uport *p)
{
	struct my *m = container_of(p, struct my, port);
	struct circ *x = &p->state->xmit;
	if (p->x_char) {
		m->fifo[m->n++] = p->x_char;
		p->icount.tx++;
		p->x_char = 0;
	}
	while (x->head != x->tail && m->n < 32) {
		m->fifo[m->n++] = x->buf[x->tail];
		x->tail = (x->tail + 1) & 63;
		p->icount.tx++;
	}
	port_rx(p, m->fifo[m->n - 1] + 1, 0);
}

static int startup(struct uport *p)
{
	p->icount.rx = 5;
	return 0;
}
static const struct uops ops = {empty, start, startup};
static struct my M = {.port = {.ops = &ops, .line = 2}};

static int x_init(void)
{
	report(port_add(&M.port));
	for (int i = 0; i < M.n; i++)
		report(M.fifo[i]);
	return 0;
}

module_init(x_init);
