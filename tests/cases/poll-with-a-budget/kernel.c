// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct net_device *device;
static int (*handler)(int irq, void *data);
static void *cookie;
static int live, allocs;

struct net_device *alloc_etherdev(size_t priv)
{
	kernel_only();
	device = kzalloc(sizeof(*device) + priv, 0);
	device->priv = device + 1;
	return device;
}

void napi_add(
	struct net_device *dev, struct napi *n, int (*poll)(struct napi *n, int budget), int weight)
{
	kernel_only();
	n->dev = dev;
	n->poll = poll;
	n->weight = weight > 4 ? 4 : weight;
	n->next = dev->napis;
	dev->napis = n;
}

_Bool napi_schedule(struct napi *n)
{
	kernel_only();
	if (n->state & 1)
		return 0;
	n->state |= 1;
	return 1;
}

_Bool napi_complete(struct napi *n, int done)
{
	kernel_only();
	n->state &= ~1ul;
	return done > 0;
}

struct sk_buff *napi_alloc_skb(struct napi *n, u32 length)
{
	struct sk_buff *skb;

	kernel_only();
	if (++allocs % 5 == 0)
		return NULL;
	skb = kzalloc(sizeof(*skb), 0);
	skb->end = length + 8;
	skb->head = kzalloc(skb->end, 0);
	skb->tail = 4;
	skb->dev = n->dev;
	live++;
	return skb;
}

void *skb_put(struct sk_buff *skb, u32 len)
{
	u8 *at = skb->head + skb->tail;

	kernel_only();
	skb->tail += len;
	skb->len += len;
	return at;
}

int napi_receive(struct napi *n, struct sk_buff *skb)
{
	long sum = skb->protocol;

	kernel_only();
	for (u32 i = 0; i < skb->tail; i++)
		sum = (sum * 3 + skb->head[i]) % 1000003;
	report(sum);
	live--;
	kfree(skb->head);
	kfree(skb);
	return live;
}

int request_irq(int irq, int (*h)(int irq, void *data), void *data)
{
	kernel_only();
	handler = h;
	cookie = data;
	return 0;
}

static void softirq(void)
{
	for (struct napi *n = device->napis; n; n = n->next)
		if (n->state & 1)
			report(n->poll(n, n->weight) * 10 + n->state);
}

int later(void)
{
	report(handler(3, cookie));
	softirq();
	report(handler(1, cookie));
	for (int i = 0; i < 4; i++)
		softirq();
	report(handler(2, cookie));
	softirq();
	report(device->rx_packets * 10000 + device->rx_bytes);
	return live;
}
