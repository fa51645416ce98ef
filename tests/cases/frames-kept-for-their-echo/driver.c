// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_can {
	struct net_device *dev;
	u32 head, tail;
	u32 ids[4];
	u16 rxerr, txerr;
};

static int x_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct x_can *x = dev->priv;
	struct can_frame *cf = (struct can_frame *)skb->data;

	if (cf->len > 8) {
		kfree_skb(skb);
		return 0;
	}
	if (x->head - x->tail == 4)
		return 16;
	x->ids[x->head % 4] = cf->can_id << 3 | cf->data[cf->len - 1];
	can_put_echo_skb(skb, dev, x->head++ % 4);
	return 0;
}

static void x_error(struct x_can *x, int bits)
{
	struct can_frame *cf;
	struct sk_buff *skb = alloc_can_err_skb(x->dev, &cf);

	x->dev->stats.errors++;
	if (bits & 0x20)
		x->dev->state = 2;
	if (!skb)
		return;
	cf->can_id |= 4;
	cf->data[1] = bits;
	cf->data[6] = ++x->txerr;
	cf->data[7] = x->rxerr += 3;
	netif_rx(skb);
}

static int x_irq(int bits, void *dev_id)
{
	struct net_device *dev = dev_id;
	struct x_can *x = dev->priv;

	while (bits & 1 && x->tail != x->head) {
		dev->stats.bytes += can_get_echo_skb(dev, x->tail % 4);
		dev->stats.tx++;
		report(x->ids[x->tail++ % 4]);
	}
	if (bits & 0x30)
		x_error(x, bits);
	return 1;
}

static int x_init(void)
{
	struct net_device *dev = alloc_candev(sizeof(struct x_can));
	struct x_can *x;

	if (!dev)
		return -12;
	x = dev->priv;
	x->dev = dev;
	dev->start_xmit = x_xmit;
	dev->flags |= 0x40000;
	return register_candev(dev, x_irq);
}

module_init(x_init);
