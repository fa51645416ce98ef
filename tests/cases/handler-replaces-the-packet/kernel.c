// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct net_device devs[3] = {{1}, {2}, {9}};
static int live;

struct net_device *dev_get_by_index(int index)
{
	kernel_only();
	for (int i = 0; i < 3; i++)
		if (devs[i].ifindex == index)
			return &devs[i];
	return NULL;
}

struct sk_buff *skb_copy(const struct sk_buff *skb)
{
	struct sk_buff *copy = kzalloc(sizeof(*copy), 0);

	kernel_only();
	live++;
	*copy = *skb;
	copy->data = kzalloc(skb->len, 0);
	memcpy(copy->data, skb->data, skb->len);
	copy->len--;
	return copy;
}

void kfree_skb(struct sk_buff *skb)
{
	kernel_only();
	live--;
	kfree(skb->data);
	kfree(skb);
}

static void receive(struct net_device *dev, u32 mark, u32 len)
{
	struct sk_buff *skb = kzalloc(sizeof(*skb), 0);

	live++;
	skb->dev = dev;
	skb->mark = mark;
	skb->len = len;
	skb->data = kzalloc(len, 0);
	skb->data[0] = mark * 2;
	for (int i = 0; i < 3; i++) {
		enum rx_result r = RX_PASS;

		skb->dev->rx++;
		if (skb->dev->rx_handler)
			r = skb->dev->rx_handler(&skb);
		report(r);
		if (r == RX_CONSUMED)
			return;
		if (r != RX_ANOTHER)
			break;
	}
	report(skb->mark * 10000 + skb->len * 100 + skb->dev->ifindex + skb->data[0]);
	kfree_skb(skb);
}

int rx_handler_register(struct net_device *dev, rx_handler_t handler, void *data)
{
	kernel_only();
	if (dev->rx_handler)
		return -16;
	dev->rx_handler_data = data;
	dev->rx_handler = handler;
	receive(dev, 1, 20 + dev->ifindex);
	receive(dev, 4, 33);
	return 0;
}

int later(void)
{
	receive(&devs[0], 3, 50);
	receive(&devs[0], 6, 50);
	receive(&devs[1], 6, 51);
	receive(&devs[1], 3, 52);
	receive(&devs[0], 5, 53);
	receive(&devs[2], 5, 54);
	report(devs[0].dropped * 10000 + devs[0].rx * 100 + devs[2].rx);
	return live;
}
