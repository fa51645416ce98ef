// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_sock {
	struct sock sk;
	int bound, index;
	struct list_head notifier;
	int loopback, own;
	int count;
	struct filter one;
	struct filter *filter;
	u32 received;
};

static struct list_head all = {&all, &all};

static struct x_sock *x_sk(const struct sock *sk)
{
	return (struct x_sock *)sk;
}

static void x_receive(struct pkt *p, void *data)
{
	struct sock *sk = data;
	struct x_sock *ro = x_sk(sk);
	struct address *a;
	struct pkt *clone;

	if (!ro->own && p->sk == sk)
		return;
	clone = pkt_clone(p);
	if (!clone)
		return;
	a = (struct address *)clone->cb;
	a->family = 29;
	a->index = clone->dev->index;
	ro->received++;
	if (sock_queue(sk, clone) < 0)
		pkt_free(clone);
}

static int x_enable(struct nd *d, struct sock *sk, struct filter *f, int count)
{
	int status = 0;

	for (int i = 0; i < count; i++) {
		status = rx_register(d, f[i].id, f[i].mask, x_receive, sk, "raw", sk);
		if (status) {
			while (--i >= 0)
				rx_unregister(d, f[i].id, f[i].mask, x_receive, sk);
			break;
		}
	}
	return status;
}

static void x_disable(struct nd *d, struct sock *sk, struct filter *f, int count)
{
	for (int i = 0; i < count; i++)
		rx_unregister(d, f[i].id, f[i].mask, x_receive, sk);
}

static int x_call(struct notifier *n, unsigned long event, void *data)
{
	struct nd *d = data;
	int hit = 0;

	for (struct list_head *at = all.next; at != &all; at = at->next) {
		struct x_sock *ro = container_of(at, struct x_sock, notifier);

		if (ro->index != (int)d->index)
			continue;
		hit++;
		if (event == 6) {
			if (ro->bound)
				x_disable(d, &ro->sk, ro->filter, ro->count);
			ro->index = 0;
			ro->bound = 0;
			ro->count = 0;
			sock_error(&ro->sk, 19);
		} else if (event == 2) {
			sock_error(&ro->sk, 100);
		}
	}
	return hit ? 1 : 0;
}

static struct notifier notifier = {.call = x_call, .priority = 5};

static int x_init_sock(struct sock *sk)
{
	struct x_sock *ro = x_sk(sk);

	ro->one.id = 0;
	ro->one.mask = 0;
	ro->filter = &ro->one;
	ro->count = 1;
	ro->loopback = 1;
	ro->notifier.next = &all;
	ro->notifier.prev = all.prev;
	all.prev->next = &ro->notifier;
	all.prev = &ro->notifier;
	return 0;
}

static int x_release(struct socket *s)
{
	struct sock *sk = s->sk;
	struct x_sock *ro;

	if (!sk)
		return 0;
	ro = x_sk(sk);
	ro->notifier.next->prev = ro->notifier.prev;
	ro->notifier.prev->next = ro->notifier.next;
	if (ro->bound && ro->index) {
		struct nd *d = nd_by_index(ro->index);

		if (d)
			x_disable(d, sk, ro->filter, ro->count);
	}
	if (ro->count > 1)
		kfree(ro->filter);
	ro->bound = 0;
	s->sk = NULL;
	sock_put(sk);
	return 0;
}

static int x_bind(struct socket *s, struct address *a, int len)
{
	struct sock *sk = s->sk;
	struct x_sock *ro = x_sk(sk);
	struct nd *d;
	int status;

	if (len < (int)sizeof *a || a->family != 29)
		return -22;
	d = nd_by_index(a->index);
	if (!d)
		return -19;
	if (!(d->flags & 1))
		sock_error(sk, 100);
	status = x_enable(d, sk, ro->filter, ro->count);
	if (!status) {
		ro->index = a->index;
		ro->bound = 1;
	}
	return status;
}

static int x_getname(struct socket *s, struct address *a)
{
	a->family = 29;
	a->index = x_sk(s->sk)->index;
	return sizeof *a;
}

static int x_setsockopt(struct socket *s, int option, const struct filter *values, u32 len)
{
	struct sock *sk = s->sk;
	struct x_sock *ro = x_sk(sk);
	struct filter *filter = NULL;
	struct nd *d = NULL;
	u32 count = len / sizeof *values;

	if (option == 3) {
		ro->own = values->id;
		return 0;
	}
	if (option != 1 || len % sizeof *values || count > 8)
		return -22;
	if (count > 1) {
		filter = kmalloc(len, 0);
		for (u32 i = 0; i < count; i++)
			filter[i] = values[i];
	}
	if (ro->bound && ro->index)
		d = nd_by_index(ro->index);
	if (ro->bound && d) {
		struct filter *f = count > 1 ? filter : &ro->one;
		struct filter old = ro->one;

		x_disable(d, sk, ro->filter, ro->count);
		if (count == 1)
			ro->one = *values;
		if (x_enable(d, sk, f, count)) {
			ro->one = old;
			return -12;
		}
	} else if (count == 1) {
		ro->one = *values;
	}
	if (ro->count > 1)
		kfree(ro->filter);
	ro->filter = count > 1 ? filter : &ro->one;
	ro->count = count;
	return 0;
}

static int x_getsockopt(struct socket *s, int option, int *value, int *len)
{
	struct x_sock *ro = x_sk(s->sk);

	if (*len < (int)sizeof(int))
		return -22;
	*len = sizeof(int);
	*value = option == 3 ? ro->own : option == 2 ? ro->loopback : ro->count;
	return 0;
}

static int x_sendmsg(struct socket *s, struct msg *m, size_t size)
{
	struct sock *sk = s->sk;
	struct x_sock *ro = x_sk(sk);
	struct address *a = m->name;
	u32 index = a ? a->index : (u32)ro->index;
	struct nd *d = nd_by_index(index);
	struct pkt *p;

	if (!d)
		return -6;
	if (size != sizeof(struct frame))
		return -22;
	p = pkt_new(size);
	if (!p)
		return -105;
	p->frame = *m->frame;
	p->frame.len++;
	p->len = size;
	p->dev = d;
	p->sk = sk;
	pkt_send(p, ro->loopback);
	return size;
}

static int x_recvmsg(struct socket *s, struct msg *m, size_t size)
{
	struct sock *sk = s->sk;
	struct pkt *p = sock_dequeue(sk);

	if (!p)
		return -11;
	*m->frame = p->frame;
	m->flags = p->sk == sk ? 4 : 0;
	if (m->name) {
		*(struct address *)m->name = *(struct address *)p->cb;
		m->name_len = sizeof(struct address);
	}
	pkt_free(p);
	return size;
}

static const struct proto_ops ops = {
	.family = 29,
	.release = x_release,
	.bind = x_bind,
	.getname = x_getname,
	.setsockopt = x_setsockopt,
	.getsockopt = x_getsockopt,
	.sendmsg = x_sendmsg,
	.recvmsg = x_recvmsg,
};

static struct proto x_proto = {
	.name = "RAW",
	.obj_size = sizeof(struct x_sock),
	.init = x_init_sock,
};

static const struct protocol protocol = {
	.type = 3,
	.number = 1,
	.ops = &ops,
	.prot = &x_proto,
};

static int x_init(void)
{
	int status = protocol_register(&protocol);

	return status ? status : notifier_register(&notifier);
}

module_init(x_init);
