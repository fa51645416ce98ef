// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct knetdev *device;
static int (*interrupt)(int n, void *data);
static struct knapi *scheduled[4];
static u32 nscheduled, skbs, limit = 100;

struct knetdev *kalloc_netdev(size_t priv, u32 queues)
{
	struct knetdev *d = kzalloc(sizeof(*d) + priv, 0);

	kernel_only();
	d->num_queues = queues;
	d->stopped = 15;
	return d;
}

void kfree_netdev(struct knetdev *d)
{
	kernel_only();
	kfree(d);
}

int kregister_netdev(struct knetdev *d, int (*irq)(int n, void *data))
{
	kernel_only();
	memcpy(d->name, "net0", 5);
	device = d;
	interrupt = irq;
	report(d->mtu + d->needed_headroom + d->dev_addr[5]);
	return 0;
}

void kunregister_netdev(struct knetdev *d)
{
	kernel_only();
	if (d->priv_destructor)
		d->priv_destructor(d);
	kfree_netdev(d);
}

void knapi_add(struct knetdev *d, struct knapi *n, int (*poll)(struct knapi *n, int budget))
{
	kernel_only();
	n->dev = d;
	n->poll = poll;
	n->weight = 3;
}

_Bool knapi_schedule(struct knapi *n)
{
	kernel_only();
	if (n->state & 1)
		return 0;
	n->state |= 1;
	scheduled[nscheduled++] = n;
	return 1;
}

_Bool knapi_done(struct knapi *n, int work)
{
	kernel_only();
	n->state &= ~1;
	return work > 0;
}

struct kskb *kalloc_skb(struct knetdev *d, u32 size)
{
	struct kskb *skb;

	kernel_only();
	if (skbs >= limit)
		return NULL;
	skbs++;
	skb = kzalloc(sizeof(*skb), 0);
	skb->dev = d;
	skb->head = kzalloc(size + d->needed_headroom, 0);
	skb->end = size + d->needed_headroom;
	skb->data = skb->head + d->needed_headroom;
	skb->tail = d->needed_headroom;
	return skb;
}

void *kskb_put(struct kskb *skb, u32 len)
{
	void *at = skb->head + skb->tail;

	kernel_only();
	skb->tail += len;
	skb->len += len;
	return skb->tail <= skb->end ? at : NULL;
}

void *kskb_push(struct kskb *skb, u32 len)
{
	kernel_only();
	skb->data -= len;
	skb->len += len;
	return skb->data;
}

void kput_skb(struct kskb *skb)
{
	kernel_only();
	if (skb->destructor)
		skb->destructor(skb);
	skbs--;
	kfree(skb->head);
	kfree(skb);
}

u16 keth_type(struct kskb *skb, struct knetdev *d)
{
	kernel_only();
	skb->dev = d;
	skb->data += 14;
	skb->len -= 14;
	return skb->data[-2] << 8 | skb->data[-1];
}

void kreceive(struct knapi *n, struct kskb *skb)
{
	long sum = skb->ip_summed;

	kernel_only();
	for (u32 i = 0; i < skb->len; i++)
		sum = sum * 3 + skb->data[i];
	report(sum % 1000003);
	report(skb->protocol + skb->queue * 100000 + skb->dev->mtu);
	kput_skb(skb);
}

static int transmit(u32 queue, u32 len)
{
	struct kskb *skb = kalloc_skb(device, len);
	u8 *to = kskb_put(skb, len);
	int err;

	for (u32 i = 0; i < len; i++)
		to[i] = i * 5 + queue;
	skb->queue = queue;
	err = device->ops->xmit(skb, device);
	report(err);
	report(skb->data[0] * 1000 + skb->data[1] * 100 + skb->data[2] + skb->len);
	if (err)
		kput_skb(skb);
	return err;
}

static void softirq(void)
{
	u32 n = nscheduled;

	nscheduled = 0;
	for (u32 i = 0; i < n; i++) {
		report(scheduled[i]->poll(scheduled[i], scheduled[i]->weight));
		if (scheduled[i]->state & 1)
			scheduled[nscheduled++] = scheduled[i];
	}
}

int later(void)
{
	struct ksockaddr sa = {1, {2, 3, 5, 7, 11, 13}};
	struct kstats stats = {};
	u8 eeprom[4] = {};
	u64 values[6];
	char *names;
	int n;

	report(device->ops->open(device));
	for (int i = 0; i < 5; i++)
		transmit(0, 8 + i);
	transmit(1, 9);
	report(interrupt(3, device));
	report(interrupt(1, device));
	softirq();
	softirq();
	limit = 1;
	report(interrupt(1, device));
	softirq();
	limit = 100;
	transmit(1, 7);
	report(device->ops->set_mac(device, &sa));
	sa.data[0] = 3;
	report(device->ops->set_mac(device, &sa));
	report(device->dev_addr[0] * 100 + device->dev_addr[5]);
	device->ops->get_stats(device, &stats);
	report(stats.rx_packets * 10000 + stats.rx_bytes * 10 + stats.rx_dropped);
	report(device->ethtool->get_sset_count(device, 0));
	n = device->ethtool->get_sset_count(device, 1);
	names = kzalloc(n * 32, 0);
	device->ethtool->get_strings(device, 1, (u8 *)names);
	device->ethtool->get_stats(device, values);
	for (int i = 0; i < n; i++) {
		long sum = 0;

		for (int k = 0; k < 32; k++)
			sum = (sum * 7 + names[i * 32 + k]) % 100003;
		report(sum);
		report(values[i]);
	}
	kfree(names);
	report(device->ethtool->get_eeprom(device, 14, 4, eeprom));
	report(device->ethtool->get_eeprom(device, 10, 4, eeprom));
	report(eeprom[0] + eeprom[3] * 1000);
	report(device->ops->stop(device));
	kunregister_netdev(device);
	return skbs;
}
