// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_queue {
	u64 packets, bytes, drops;
};

struct x_priv {
	struct nd *peer;
	u64 dropped;
	struct x_queue *queues;
	u32 count;
};

static const struct {
	const char name[16];
} x_keys[] = {{"peer_index"}, {"packets"}, {"drops"}};

static int x_open(struct nd *d)
{
	struct x_priv *priv = nd_priv(d);
	struct nd *peer = priv->peer;

	if (!peer)
		return -107;
	if (peer->flags & UP) {
		carrier_on(d);
		carrier_on(peer);
	}
	return 0;
}

static int x_close(struct nd *d)
{
	struct x_priv *priv = nd_priv(d);

	carrier_off(d);
	if (priv->peer)
		carrier_off(priv->peer);
	return 0;
}

static int x_xmit(struct pkt *p, struct nd *d)
{
	struct x_priv *priv = nd_priv(d);
	struct nd *peer = priv->peer;
	struct x_queue *queue = &priv->queues[p->mark % priv->count];
	u32 len = p->len;

	if (!peer || len > peer->mtu) {
		priv->dropped++;
		free_pkt(p);
		return 0;
	}
	if (forward_pkt(peer, p) == 0) {
		queue->packets++;
		queue->bytes += len;
	} else {
		priv->dropped++;
	}
	return 0;
}

static void x_stats(struct nd *d, struct stats64 *s)
{
	struct x_priv *priv = nd_priv(d);
	struct nd *peer = priv->peer;

	for (u32 i = 0; i < priv->count; i++) {
		s->tx_packets += priv->queues[i].packets;
		s->tx_bytes += priv->queues[i].bytes;
	}
	s->dropped += priv->dropped;
	if (peer) {
		struct x_priv *other = nd_priv(peer);

		s->rx_packets += other->queues[0].packets;
		s->rx_bytes += other->queues[0].bytes;
	}
}

static int x_iflink(const struct nd *d)
{
	struct x_priv *priv = nd_priv(d);

	return priv->peer ? priv->peer->index : 0;
}

static const struct nd_ops ops = {
	.open = x_open,
	.close = x_close,
	.xmit = x_xmit,
	.stats = x_stats,
	.iflink = x_iflink,
};

static int x_count(struct nd *d)
{
	return 3;
}

static void x_strings(struct nd *d, u8 *buf)
{
	memcpy(buf, x_keys, sizeof x_keys);
}

static void x_values(struct nd *d, u64 *data)
{
	struct x_priv *priv = nd_priv(d);

	data[0] = priv->peer ? priv->peer->index : 0;
	for (u32 i = 0; i < priv->count; i++)
		data[1] += priv->queues[i].packets;
	data[2] = priv->dropped;
}

static const struct string_ops strings = {
	.count = x_count, .strings = x_strings, .values = x_values};

static void x_setup(struct nd *d)
{
	d->ops = &ops;
	d->strings = &strings;
	d->mtu = 1500;
	d->features |= 0x10;
}

static int x_validate(struct attr *tb[])
{
	if (tb[1] && tb[1]->len != 4 + sizeof(u32))
		return -22;
	return 0;
}

static struct link_ops x_link;

static int x_newlink(struct nd *d, struct attr *tb[])
{
	struct x_priv *priv;
	struct nd *peer;
	int status;

	peer = link_create("peer%d", &x_link, tb);
	if (!peer)
		return -12;
	if (tb[1])
		peer->mtu = tb[1]->value;
	memcpy(peer->addr, d->addr, 6);
	peer->addr[5] ^= 1;
	status = nd_register(peer);
	if (status)
		return status;
	carrier_off(peer);
	status = nd_register(d);
	if (status)
		return status;
	carrier_off(d);
	priv = nd_priv(d);
	priv->peer = peer;
	priv->count = 2;
	priv->queues = kzalloc(2 * sizeof *priv->queues, 0);
	priv = nd_priv(peer);
	priv->peer = d;
	priv->count = 1;
	priv->queues = kzalloc(sizeof *priv->queues, 0);
	return 0;
}

static void x_dellink(struct nd *d, struct list_head *head)
{
	struct x_priv *priv = nd_priv(d);
	struct nd *peer = priv->peer;

	priv->peer = NULL;
	nd_unregister_queue(d, head);
	if (peer) {
		priv = nd_priv(peer);
		priv->peer = NULL;
		nd_unregister_queue(peer, head);
	}
}

static struct nd *x_peer(const struct nd *d)
{
	struct x_priv *priv = nd_priv(d);

	return priv->peer;
}

static struct link_ops x_link = {
	.kind = "pair",
	.priv_size = sizeof(struct x_priv),
	.setup = x_setup,
	.validate = x_validate,
	.newlink = x_newlink,
	.dellink = x_dellink,
	.peer = x_peer,
};

static int x_init(void)
{
	return link_ops_register(&x_link);
}

module_init(x_init);
