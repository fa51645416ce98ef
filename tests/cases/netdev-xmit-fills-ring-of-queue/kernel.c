// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct net_device *net;
static u32 consumed;

struct net_device *alloc_netdev_mq(size_t priv, u32 queues)
{
	struct net_device *dev = kzalloc(((sizeof(*dev) + 31) & ~31UL) + priv, 0);
	kernel_only();
	dev->_tx = kzalloc(queues * sizeof(*dev->_tx), 0);
	return dev;
}

void dev_consume_skb(struct sk_buff *skb)
{
	kernel_only();
	consumed = consumed * 3 + skb->data[0];
	kfree(skb->data);
	kfree(skb);
}

static int queue_xmit(u16 queue, u32 len)
{
	struct sk_buff *skb;
	if (net->_tx[queue].stopped)
		return 1;
	skb = kzalloc(sizeof(*skb), 0);
	skb->data = kzalloc(len, 0);
	skb->data[len - 1] = len + queue;
	skb->len = len;
	skb->queue = queue;
	return net->xmit(skb, net);
}

int register_netdev(struct net_device *dev)
{
	int busy;
	kernel_only();
	net = dev;
	busy = queue_xmit(0, 5) + queue_xmit(0, 6) + queue_xmit(1, 9) + queue_xmit(0, 7) * 10;
	busy += dev->poll(dev, 8) * 100;
	return busy + consumed * 1000;
}
