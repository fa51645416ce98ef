// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_ring {
	struct sk_buff *skb[2];
	u32 head, tail;
};

struct x_priv {
	struct x_ring ring[2];
	u32 sum;
};

static int x_poll(struct net_device *dev, int budget)
{
	struct x_priv *p = netdev_priv(dev);
	int done = 0;
	for (u32 q = 0; q < 2; q++) {
		struct x_ring *r = &p->ring[q];
		for (; r->tail != r->head && done < budget; done++) {
			struct sk_buff *skb = r->skb[r->tail++ % 2];
			dev->_tx[q].tx_bytes += skb->len;
			p->sum += skb->data[skb->len - 1];
			skb->data[0] = p->sum;
			dev_consume_skb(skb);
		}
		dev->_tx[q].stopped = 0;
	}
	return done;
}

static int x_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct x_priv *p = netdev_priv(dev);
	struct x_ring *r = &p->ring[skb->queue];
	r->skb[r->head++ % 2] = skb;
	if (r->head - r->tail == 2)
		dev->_tx[skb->queue].stopped = 1;
	return 0;
}

static int x_init(void)
{
	struct net_device *dev = alloc_netdev_mq(sizeof(struct x_priv), 2);
	dev->xmit = x_xmit;
	dev->poll = x_poll;
	report(register_netdev(dev) + dev->_tx[0].stopped);
	return 0;
}
module_init(x_init);
