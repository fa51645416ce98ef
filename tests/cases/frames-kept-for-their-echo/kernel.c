// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct net_device *device;
static int (*interrupt)(int bits, void *dev_id);
static int live;
static int fail_alloc;

static struct sk_buff *alloc(struct net_device *dev)
{
	struct sk_buff *skb = kzalloc(sizeof(*skb), 0);

	skb->data = kzalloc(sizeof(struct can_frame), 0);
	skb->len = sizeof(struct can_frame);
	skb->dev = dev;
	live++;
	return skb;
}

void kfree_skb(struct sk_buff *skb)
{
	kernel_only();
	kfree(skb->data);
	kfree(skb);
	live--;
}

struct net_device *alloc_candev(size_t priv)
{
	struct net_device *dev = kzalloc(sizeof(*dev) + priv, 0);

	kernel_only();
	dev->priv = dev + 1;
	dev->flags = 0x80;
	return dev;
}

int register_candev(struct net_device *dev, int (*irq)(int bits, void *dev_id))
{
	kernel_only();
	report(dev->flags);
	device = dev;
	interrupt = irq;
	return 0;
}

int can_put_echo_skb(struct sk_buff *skb, struct net_device *dev, u32 index)
{
	kernel_only();
	if (dev->echo[index]) {
		kfree_skb(skb);
		return -16;
	}
	skb->pkt_type = 5;
	dev->echo[index] = skb;
	return 0;
}

u32 can_get_echo_skb(struct net_device *dev, u32 index)
{
	struct sk_buff *skb = dev->echo[index];
	u32 len;

	kernel_only();
	if (!skb)
		return 0;
	len = ((struct can_frame *)skb->data)->len;
	dev->echo[index] = NULL;
	netif_rx(skb);
	return len;
}

struct sk_buff *alloc_can_err_skb(struct net_device *dev, struct can_frame **cf)
{
	struct sk_buff *skb;

	kernel_only();
	if (fail_alloc) {
		*cf = NULL;
		return NULL;
	}
	skb = alloc(dev);
	*cf = (struct can_frame *)skb->data;
	(*cf)->can_id = 0x20000000;
	(*cf)->len = 8;
	return skb;
}

int netif_rx(struct sk_buff *skb)
{
	struct can_frame *cf = (struct can_frame *)skb->data;
	long sum = cf->can_id;

	kernel_only();
	for (int i = 0; i < cf->len; i++)
		sum = sum * 5 % 1000003 + cf->data[i];
	report(sum * 10 + skb->pkt_type);
	skb->dev->stats.rx++;
	kfree_skb(skb);
	return 0;
}

static void send(u32 id, u8 len)
{
	struct sk_buff *skb = alloc(device);
	struct can_frame *cf = (struct can_frame *)skb->data;
	int status;

	cf->can_id = id;
	cf->len = len;
	for (int i = 0; i < 8; i++)
		cf->data[i] = id + i;
	status = device->start_xmit(skb, device);
	report(status);
	if (status)
		kfree_skb(skb);
}

int later(void)
{
	for (u32 i = 0; i < 5; i++)
		send(100 + i, 3 + i);
	interrupt(1, device);
	send(300, 9);
	send(301, 2);
	interrupt(0x11, device);
	fail_alloc = 1;
	interrupt(0x20, device);
	fail_alloc = 0;
	interrupt(0x10, device);
	report(device->state);
	report(device->stats.rx * 1000 + device->stats.tx * 100 + device->stats.errors);
	report(device->stats.bytes);
	return live;
}
