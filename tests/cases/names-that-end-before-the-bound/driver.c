// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct priv {
	struct ndev *peer;
	u32 count;
	u32 dropped;
};

static int x_xmit(struct pkt *p, struct ndev *d)
{
	struct priv *mine = d->priv, *other;
	struct ndev *peer = mine->peer;
	if (!peer || !peer->up) {
		mine->dropped++;
		pkt_free(p);
		return 1;
	}
	other = peer->priv;
	p->dev = peer;
	d->tx += p->len;
	peer->rx += p->len;
	other->count++;
	return netif_rx(p);
}

static int x_open(struct ndev *d)
{
	struct priv *mine = d->priv;
	if (!mine->peer)
		return -107;
	d->up = 1;
	return 0;
}

static int x_stop(struct ndev *d)
{
	struct priv *mine = d->priv;
	d->up = 0;
	return mine->count * 100 + mine->dropped;
}
static const struct nops x_ops = {.xmit = x_xmit, .open = x_open, .stop = x_stop};

static struct ndev *make(const char *name)
{
	struct ndev *d = ndev_alloc(name);
	if (!d)
		return NULL;
	d->ops = &x_ops;
	d->priv = kzalloc(sizeof(struct priv), 0);
	return d;
}

static int x_init(void)
{
	struct ndev *a = make("va"), *b = make("vb");
	((struct priv *)a->priv)->peer = b;
	((struct priv *)b->priv)->peer = a;
	return ndev_register(a) + ndev_register(b);
}

module_init(x_init);
