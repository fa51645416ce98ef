// SPDX-License-Identifier: MIT
#include <linux/api.h>

#define RING 4

struct x_cb {
	u32 slot;
	u16 hash;
	struct x_ring *ring;
};

struct x_ring {
	struct knapi napi;
	struct kskb *tx[RING];
	u32 head, tail, index;
	u64 packets, bytes, drops;
};

struct x_priv {
	struct knetdev *dev;
	u32 msg, irqs;
	u8 eeprom[16];
	struct x_ring rings[];
};

struct x_head {
	u8 magic, queue;
	u16 len;
};

static const struct {
	char name[16];
	u32 offset;
} counters[] = {{"packets", offsetof(struct x_ring, packets)},
	{"bytes", offsetof(struct x_ring, bytes)}, {"drops", offsetof(struct x_ring, drops)}};

static void refill(struct x_ring *ring)
{
	ring->tail = ring->head = 0;
}

static struct kskb *receive(struct x_ring *ring, u32 len)
{
	struct kskb *skb = kalloc_skb(ring->napi.dev, len + 2);
	struct x_cb *cb;
	u8 *to;

	if (!skb) {
		ring->drops++;
		return NULL;
	}
	kskb_reserve(skb, 2);
	to = kskb_put(skb, len);
	for (u32 i = 0; i < len; i++)
		to[i] = ring->index * 16 + i + len;
	cb = (struct x_cb *)skb->cb;
	cb->hash = to[0] * 3;
	cb->slot = ring->head;
	skb->queue = ring->index;
	skb->ip_summed = len % 2 ? 1 : 2;
	skb->protocol = keth_type(skb, ring->napi.dev);
	return skb;
}

static int poll(struct knapi *n, int budget)
{
	struct x_ring *ring = container_of(n, struct x_ring, napi);
	int work = 0;

	while (ring->tail != ring->head) {
		struct kskb *skb = ring->tx[ring->tail++ % RING];

		kput_skb(skb);
	}
	for (; work < budget && work < (int)(2 + ring->index); work++) {
		struct kskb *skb = receive(ring, 20 + 3 * work + ring->index);

		if (!skb)
			break;
		ring->packets++;
		ring->bytes += skb->len;
		kreceive(n, skb);
	}
	if (work < budget)
		report(knapi_done(n, work));
	return work;
}

static void destructor(struct kskb *skb)
{
	struct x_cb *cb = (struct x_cb *)skb->cb;

	report(cb->slot * 1000 + cb->hash + cb->ring->index);
}

static int x_open(struct knetdev *d)
{
	struct x_priv *p = knetdev_priv(d);

	for (u32 i = 0; i < d->num_queues; i++)
		refill(&p->rings[i]);
	d->stopped = 0;
	return 0;
}

static int x_stop(struct knetdev *d)
{
	struct x_priv *p = knetdev_priv(d);

	for (u32 i = 0; i < d->num_queues; i++)
		while (p->rings[i].tail != p->rings[i].head)
			kput_skb(p->rings[i].tx[p->rings[i].tail++ % RING]);
	return p->irqs;
}

static int xmit(struct kskb *skb, struct knetdev *d)
{
	struct x_priv *p = knetdev_priv(d);
	struct x_ring *ring = &p->rings[skb->queue];
	struct x_cb *cb = (struct x_cb *)skb->cb;
	u16 len = skb->len;
	struct x_head *head;

	if (ring->head - ring->tail == RING) {
		d->stopped |= 1 << ring->index;
		return 16;
	}
	head = kskb_push(skb, sizeof(*head));
	head->magic = 0xa5;
	head->queue = skb->queue;
	head->len = len;
	cb->slot = ring->head;
	cb->hash = skb->data[4] + skb->data[skb->len - 1];
	cb->ring = ring;
	skb->destructor = destructor;
	ring->tx[ring->head++ % RING] = skb;
	return 0;
}

static int set_mac(struct knetdev *d, void *addr)
{
	struct ksockaddr *sa = addr;

	if (sa->data[0] & 1)
		return -99;
	memcpy(d->dev_addr, sa->data, 6);
	return 0;
}

static void get_stats(struct knetdev *d, struct kstats *to)
{
	struct x_priv *p = knetdev_priv(d);

	for (u32 i = 0; i < d->num_queues; i++) {
		to->rx_packets += p->rings[i].packets;
		to->rx_bytes += p->rings[i].bytes;
		to->rx_dropped += p->rings[i].drops;
	}
}

static int sset_count(struct knetdev *d, int set)
{
	return set == 1 ? (int)d->num_queues * 3 : -95;
}

static void get_strings(struct knetdev *d, u32 set, u8 *data)
{
	for (u32 q = 0; q < d->num_queues; q++)
		for (int i = 0; i < 3; i++, data += 32)
			snprintf((char *)data, 32, "rx%u_%s", q, counters[i].name);
}

static void ethtool_stats(struct knetdev *d, u64 *data)
{
	struct x_priv *p = knetdev_priv(d);

	for (u32 q = 0; q < d->num_queues; q++)
		for (int i = 0; i < 3; i++)
			*data++ = *(u64 *)((char *)&p->rings[q] + counters[i].offset);
}

static int get_eeprom(struct knetdev *d, u32 offset, u32 len, u8 *to)
{
	struct x_priv *p = knetdev_priv(d);

	if (offset + len > sizeof(p->eeprom))
		return -22;
	memcpy(to, p->eeprom + offset, len);
	return 0;
}

static int irq(int n, void *data)
{
	struct knetdev *d = data;
	struct x_priv *p = knetdev_priv(d);
	int any = 0;

	p->irqs++;
	for (u32 i = 0; i < d->num_queues; i++)
		if (n >> i & 1)
			any += knapi_schedule(&p->rings[i].napi);
	return any;
}

static void priv_destructor(struct knetdev *d)
{
	struct x_priv *p = knetdev_priv(d);

	report(p->irqs * 100 + d->stopped);
}

static const struct knetdev_ops ops = {x_open, x_stop, xmit, set_mac, get_stats};
static const struct kethtool_ops ethtool = {sset_count, get_strings, ethtool_stats, get_eeprom};

static int x_init(void)
{
	struct knetdev *d = kalloc_netdev(sizeof(struct x_priv) + 2 * sizeof(struct x_ring), 2);
	struct x_priv *p;
	int err;

	if (!d)
		return -12;
	p = knetdev_priv(d);
	p->dev = d;
	for (int i = 0; i < 16; i++)
		p->eeprom[i] = i * i;
	for (u32 i = 0; i < 2; i++) {
		p->rings[i].index = i;
		knapi_add(d, &p->rings[i].napi, poll);
	}
	d->ops = &ops;
	d->ethtool = &ethtool;
	d->mtu = 1500;
	d->needed_headroom = sizeof(struct x_head);
	d->priv_destructor = priv_destructor;
	memcpy(d->dev_addr, p->eeprom + 2, 6);
	err = kregister_netdev(d, irq);
	if (err)
		kfree_netdev(d);
	report(d->name[3]);
	return err;
}

module_init(x_init);
