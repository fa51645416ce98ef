// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct nd *N;

static struct pkt *pkt_new(u32 len)
{
	struct pkt *p = kzalloc(sizeof *p, 0);
	p->data = kzalloc(64, 0);
	p->len = len;
	for (u32 i = 0; i < len; i++)
		p->data[i] = i + 3;
	return p;
}

void pkt_free(struct pkt *p)
{
	kernel_only();
	report(p->cb[0]);
	report(p->data[p->len - 1]);
	kfree(p->data);
	kfree(p);
}

void nd_rx(struct nd *d, struct pkt *p)
{
	kernel_only();
	p->dev = d;
	report(p->dev->addr[2]);
	pkt_free(p);
}

struct nd *nd_alloc(size_t priv, const char *name, void (*setup)(struct nd *))
{
	kernel_only();
	struct nd *d = kzalloc(sizeof(*d) + priv, 0);
	for (int i = 0; i < 7 && name[i]; i++)
		d->name[i] = name[i];
	setup(d);
	return d;
}

int nd_register(struct nd *d)
{
	kernel_only();
	N = d;
	d->flags |= 0x100;
	return d->ops->open(d) + d->addr[5] + d->name[1];
}

int later(void)
{
	struct nstats s = {0};
	struct pkt *p = pkt_new(8);
	p->dev = N;
	report(N->ops->xmit(p, N));
	report(N->ops->xmit(pkt_new(9), N));
	N->ops->stats(N, &s);
	report(s.rx);
	report(s.tx);
	report(s.bytes);
	N->destructor(N);
	return N->flags;
}
