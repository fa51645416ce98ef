// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct link_ops *known;
static struct nd *devices[4];
static u32 count;

struct nd *link_create(const char *name, const struct link_ops *ops, struct attr *tb[])
{
	struct nd *d;
	int i;

	kernel_only();
	if (ops->validate && ops->validate(tb))
		return NULL;
	d = kzalloc(((sizeof *d + 31) & ~31ul) + ops->priv_size, 0);
	for (i = 0; i < 11 && name[i] && name[i] != '%'; i++)
		d->name[i] = name[i];
	d->name[i] = '0' + count;
	d->link = ops;
	d->unreg.next = d->unreg.prev = &d->unreg;
	ops->setup(d);
	return d;
}

int nd_register(struct nd *d)
{
	kernel_only();
	if (count == 4)
		return -12;
	d->registered = 1;
	devices[count++] = d;
	d->index = count + 10;
	report(d->addr[5]);
	return 0;
}

void nd_unregister_queue(struct nd *d, struct list_head *head)
{
	kernel_only();
	d->unreg.prev = head->prev;
	d->unreg.next = head;
	head->prev->next = &d->unreg;
	head->prev = &d->unreg;
	d->registered = 0;
}

int link_ops_register(struct link_ops *ops)
{
	kernel_only();
	known = ops;
	return 0;
}

void free_pkt(struct pkt *p)
{
	kernel_only();
	report(p->len);
	report(p->mark);
	kfree(p->head);
	kfree(p);
}

int forward_pkt(struct nd *d, struct pkt *p)
{
	kernel_only();
	if (!(d->flags & UP)) {
		d->dropped++;
		free_pkt(p);
		return 1;
	}
	p->dev = d;
	report(p->dev->index);
	report(p->data[1]);
	free_pkt(p);
	return 0;
}

void carrier_on(struct nd *d)
{
	kernel_only();
	d->carrier = 1;
}

void carrier_off(struct nd *d)
{
	kernel_only();
	d->carrier = 0;
}

static int send(struct nd *d, u32 len, u32 mark)
{
	struct pkt *p = kzalloc(sizeof *p, 0);

	p->head = kzalloc(64, 0);
	p->data = p->head + 14;
	p->data[1] = mark * 7;
	p->len = len;
	p->mark = mark;
	p->dev = d;
	return d->ops->xmit(p, d);
}

static void show(struct nd *d)
{
	struct stats64 s = {0};
	u8 text[48];
	u64 values[3] = {0};
	long hash = 0;

	d->ops->stats(d, &s);
	report(s.rx_packets);
	report(s.rx_bytes);
	report(s.tx_packets);
	report(s.tx_bytes);
	report(s.dropped);
	report(d->strings->count(d));
	d->strings->strings(d, text);
	for (int i = 0; i < 48; i++)
		hash = hash * 31 + text[i];
	report(hash);
	d->strings->values(d, values);
	for (int i = 0; i < 3; i++)
		report(values[i]);
	report(d->ops->iflink(d));
	report(d->carrier);
	report(d->mtu);
	report(d->features);
}

int later(void)
{
	struct attr mtu = {8, 1, 900};
	struct attr *tb[3] = {NULL, &mtu, NULL};
	struct list_head gone = {&gone, &gone};
	struct nd *d = link_create("veth%d", known, tb);
	struct nd *peer;

	d->addr[5] = 8;
	report(known->newlink(d, tb));
	peer = known->peer(d);
	report(peer == devices[0]);
	report(peer->index);
	report(known->peer(peer) == d);
	d->flags |= UP;
	report(d->ops->open(d));
	send(d, 60, 3);
	peer->flags |= UP;
	report(peer->ops->open(peer));
	send(d, 61, 4);
	send(d, 62, 5);
	send(peer, 63, 6);
	send(d, 1400, 7);
	show(d);
	show(peer);
	report(peer->ops->close(peer));
	report(d->carrier);
	known->dellink(peer, &gone);
	for (struct list_head *at = gone.next; at != &gone; at = at->next)
		report(container_of(at, struct nd, unreg)->index);
	send(d, 64, 8);
	return d->ops->open(d);
}
