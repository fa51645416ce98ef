// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_queue {
	struct napi napi;
	u32 head, tail, polls;
	u16 lens[8];
	u8 index, seed;
};

struct x_priv {
	struct net_device *dev;
	struct x_queue queues[2];
	u32 irqs;
};

static int x_poll(struct napi *n, int budget)
{
	struct x_queue *q = container_of(n, struct x_queue, napi);
	int done = 0;

	q->polls++;
	while (done < budget && q->tail != q->head) {
		u32 len = q->lens[q->tail++ % 8];
		struct sk_buff *skb = napi_alloc_skb(n, len);
		u8 *data;

		if (!skb)
			continue;
		data = skb_put(skb, 2);
		data[0] = q->index;
		data[1] = q->polls;
		data = skb_put(skb, len - 2);
		for (u32 i = 0; i < len - 2; i++)
			data[i] = q->seed + i;
		skb->protocol = 0x800 + len;
		n->dev->rx_bytes += skb->len;
		n->dev->rx_packets++;
		if (napi_receive(n, skb))
			break;
		done++;
	}
	if (done < budget && napi_complete(n, done))
		q->seed += 16;
	return done;
}

static int x_irq(int irq, void *data)
{
	struct x_priv *p = data;

	p->irqs++;
	for (int i = 0; i < 2; i++) {
		struct x_queue *q = &p->queues[i];

		if (!(irq & 1 << i))
			continue;
		for (int k = 0; k < 3; k++)
			q->lens[q->head++ % 8] = 10 * (i + 1) + k + p->irqs;
		report(napi_schedule(&q->napi));
	}
	return 1;
}

static int x_init(void)
{
	struct net_device *dev = alloc_etherdev(sizeof(struct x_priv));
	struct x_priv *p = dev->priv;

	p->dev = dev;
	for (int i = 0; i < 2; i++) {
		p->queues[i].index = i;
		p->queues[i].seed = 100 * i;
		napi_add(dev, &p->queues[i].napi, x_poll, 2 + 3 * i);
		report(p->queues[i].napi.weight);
	}
	return request_irq(5, x_irq, p);
}

module_init(x_init);
