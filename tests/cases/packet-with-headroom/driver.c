// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u8 wire[32];
static u32 used;

static u8 *push(struct pkt *b, u32 n)
{
	b->data -= n;
	b->len += n;
	return b->data;
}

static int x_xmit(struct port *p, struct pkt *b)
{
	u8 *h = push(b, 2);
	h[0] = 0xaa;
	h[1] = b->len;
	for (u32 i = 0; i < b->len; i++)
		b->csum += b->data[i];
	memcpy(wire, b->data, b->len);
	used = b->len;
	p->sent++;
	return b->csum;
}
static struct port P = {.xmit = x_xmit};

static int scenario(void)
{
	int r = port_add(&P);
	struct pkt *b = pkt_alloc(16);
	memcpy(b->data, wire, used);
	b->len = used;
	b->data[2] ^= 1;
	r += pkt_rx(b);
	return r * 10 + P.sent;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
