// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct filter_entry {
	struct filter_entry *next;
	u32 id, mask;
	void (*f)(struct pkt *p, void *data);
	void *data;
	const char *ident;
};

static const struct protocol *known;
static struct notifier *chain;
static struct nd devices[2] = {{.index = 3, .flags = 1}, {.index = 4}};

int protocol_register(const struct protocol *p)
{
	kernel_only();
	report(p->type * 10 + p->number);
	report(p->prot->name[1]);
	known = p;
	return 0;
}

static int early_call(struct notifier *n, unsigned long event, void *data)
{
	report(event * 100 + ((struct nd *)data)->index);
	return n->priority > 5 ? 0 : 1;
}

static struct notifier early = {.call = early_call, .priority = 9};

int notifier_register(struct notifier *n)
{
	struct notifier **at = &chain;

	kernel_only();
	while (*at && (*at)->priority >= n->priority)
		at = &(*at)->next;
	n->next = *at;
	*at = n;
	return 0;
}

int rx_register(struct nd *d, u32 id, u32 mask, void (*f)(struct pkt *p, void *data), void *data,
	const char *ident, struct sock *sk)
{
	struct filter_entry *entry;

	kernel_only();
	if (id == 666)
		return -22;
	entry = kzalloc(sizeof *entry, 0);
	entry->id = id;
	entry->mask = mask;
	entry->f = f;
	entry->data = data;
	entry->ident = ident;
	entry->next = d->filters;
	d->filters = entry;
	sk->refs++;
	return 0;
}

void rx_unregister(struct nd *d, u32 id, u32 mask, void (*f)(struct pkt *p, void *data), void *data)
{
	struct filter_entry **at = &d->filters, *gone;

	kernel_only();
	while (*at &&
		((*at)->id != id || (*at)->mask != mask || (*at)->f != f || (*at)->data != data))
		at = &(*at)->next;
	if (!*at) {
		report(-1);
		return;
	}
	gone = *at;
	*at = gone->next;
	((struct sock *)data)->refs--;
	report(gone->ident[0] + id);
	kfree(gone);
}

struct nd *nd_by_index(u32 index)
{
	kernel_only();
	for (int i = 0; i < 2; i++)
		if (devices[i].index == index)
			return &devices[i];
	return NULL;
}

struct pkt *pkt_new(size_t size)
{
	kernel_only();
	return size > 16 ? NULL : kzalloc(sizeof(struct pkt), 0);
}

struct pkt *pkt_clone(struct pkt *p)
{
	struct pkt *clone = kzalloc(sizeof *clone, 0);

	kernel_only();
	*clone = *p;
	clone->next = NULL;
	return clone;
}

void pkt_free(struct pkt *p)
{
	kernel_only();
	kfree(p);
}

static void deliver(struct pkt *p)
{
	struct filter_entry *entry, *next;

	for (entry = p->dev->filters; entry; entry = next) {
		next = entry->next;
		if ((p->frame.id & entry->mask) == (entry->id & entry->mask))
			entry->f(p, entry->data);
	}
}

int pkt_send(struct pkt *p, int loop)
{
	kernel_only();
	report(p->frame.id);
	report(p->frame.data[1] + p->frame.len);
	if (loop)
		deliver(p);
	kfree(p);
	return 0;
}

int sock_queue(struct sock *sk, struct pkt *p)
{
	kernel_only();
	if (sk->queued == 2)
		return -12;
	p->next = NULL;
	if (sk->last)
		sk->last->next = p;
	else
		sk->first = p;
	sk->last = p;
	sk->queued++;
	return 0;
}

struct pkt *sock_dequeue(struct sock *sk)
{
	struct pkt *p = sk->first;

	kernel_only();
	if (p) {
		sk->first = p->next;
		if (!p->next)
			sk->last = NULL;
		sk->queued--;
	}
	return p;
}

void sock_put(struct sock *sk)
{
	kernel_only();
	report(sk->refs);
	while (sk->first)
		kfree(sock_dequeue(sk));
	kfree(sk);
}

void sock_error(struct sock *sk, int error)
{
	kernel_only();
	sk->error = error;
}

static struct sock *open_socket(struct socket *s)
{
	struct sock *sk = kzalloc(known->prot->obj_size, 0);

	sk->socket = s;
	s->sk = sk;
	s->ops = known->ops;
	report(known->prot->init(sk));
	return sk;
}

static void notify(unsigned long event, struct nd *d)
{
	for (struct notifier *n = chain; n; n = n->next)
		report(n->call(n, event, d));
}

static void receive(struct socket *s)
{
	static struct frame f;
	static struct address from;
	struct msg m = {.name = &from, .frame = &f};

	f = (struct frame){0};
	from = (struct address){0};
	report(s->ops->recvmsg(s, &m, sizeof f));
	report(f.id * 100 + f.data[1] + f.len);
	report(from.family * 1000 + from.index * 10 + m.flags);
	report(m.name_len);
}

int later(void)
{
	struct socket a = {0}, b = {0};
	static struct address at = {29, 3};
	static struct frame frame = {0x123, 2, {7, 8}};
	struct msg m = {.name = &at, .name_len = sizeof at, .frame = &frame};
	struct filter filters[3] = {{0x120, 0x7f0}, {0x200, 0x7ff}, {5, 7}};
	struct filter bad[2] = {{1, 1}, {666, 0}};
	struct filter one = {1, 0};
	int value = 0, len = sizeof value;

	notifier_register(&early);
	open_socket(&a);
	open_socket(&b);
	report(a.ops->bind(&a, &at, sizeof at));
	report(b.ops->bind(&b, &at, 3));
	report(b.ops->setsockopt(&b, 1, filters, sizeof filters));
	report(b.ops->bind(&b, &at, sizeof at));
	report(a.ops->sendmsg(&a, &m, sizeof frame));
	receive(&a);
	receive(&b);
	report(a.ops->setsockopt(&a, 3, &one, sizeof one));
	frame.id = 0x300;
	report(a.ops->sendmsg(&a, &m, sizeof frame));
	receive(&a);
	receive(&b);
	report(b.ops->getsockopt(&b, 1, &value, &len));
	report(value * 10 + len);
	report(b.ops->setsockopt(&b, 1, bad, sizeof bad));
	report(a.ops->getname(&a, &at));
	report(at.index);
	at.index = 9;
	report(a.ops->sendmsg(&a, &m, sizeof frame));
	notify(2, &devices[0]);
	report(a.sk->error);
	report(a.ops->release(&a));
	notify(6, &devices[0]);
	report(b.sk->error);
	report(b.sk->refs);
	report(b.ops->release(&b));
	return devices[0].filters != NULL;
}
