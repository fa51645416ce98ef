// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct port *the;

struct pkt *pkt_alloc(u32 size)
{
	struct pkt *b = kzalloc(sizeof *b, 0);
	kernel_only();
	b->head = kzalloc(size + 4, 0);
	b->data = b->head + 4;
	b->end = size + 4;
	return b;
}

static int send(u32 n)
{
	struct pkt *b = pkt_alloc(16);
	for (u32 i = 0; i < n; i++)
		b->data[i] = 3 * i + 1;
	b->len = n;
	int r = the->xmit(the, b);
	long h = 0;
	for (u32 i = 0; i < b->len; i++)
		h = h * 5 + b->data[i];
	report(h);
	report(b->data - b->head);
	return r;
}

int pkt_rx(struct pkt *b)
{
	kernel_only();
	int h = 0;
	for (u32 i = 0; i < b->len; i++)
		h = h * 3 + b->data[i];
	return h & 4095;
}

int port_add(struct port *p)
{
	kernel_only();
	the = p;
	return send(5);
}

int later(void)
{
	return send(9) + the->sent;
}
