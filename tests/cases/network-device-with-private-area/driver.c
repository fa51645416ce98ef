// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct my {
	struct nstats s;
	u32 key;
	struct nd *self;
};

static int x_open(struct nd *d)
{
	struct my *m = nd_priv(d);
	m->key = 7;
	m->self = d;
	d->flags |= 1;
	return 0;
}

static int x_xmit(struct pkt *p, struct nd *d)
{
	struct my *m = nd_priv(d);
	m->s.tx++;
	m->s.bytes += p->len;
	for (u32 i = 0; i < p->len; i++)
		p->data[i] ^= m->key;
	p->cb[0] = p->data[0];
	if (p->len & 1) {
		pkt_free(p);
		return 1;
	}
	nd_rx(m->self, p);
	m->s.rx++;
	return 0;
}

static void x_stats(struct nd *d, struct nstats *s)
{
	struct my *m = nd_priv(d);
	*s = m->s;
}
static const struct nd_ops ops = {.open = x_open, .xmit = x_xmit, .stats = x_stats};

static void x_gone(struct nd *d)
{
	d->flags = 0xdead;
}

static void x_setup(struct nd *d)
{
	d->ops = &ops;
	d->destructor = x_gone;
	for (int i = 0; i < 6; i++)
		d->addr[i] = i * 3;
	d->flags = 0x10;
}

static int scenario(void)
{
	struct nd *d = nd_alloc(sizeof(struct my), "ks%d", x_setup);
	int r = nd_register(d);
	return r * 1000 + d->flags;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
