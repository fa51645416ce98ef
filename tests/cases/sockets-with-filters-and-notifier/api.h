// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct nd {
	u32 index;
	u32 flags;
	struct filter_entry *filters;
};

struct frame {
	u32 id;
	u8 len;
	u8 data[8];
};

struct pkt {
	struct pkt *next;
	struct nd *dev;
	struct sock *sk;
	u32 len;
	u8 cb[24];
	struct frame frame;
};

struct sock {
	struct socket *socket;
	u32 bound, error;
	struct pkt *first, *last;
	u32 queued;
	void (*destruct)(struct sock *sk);
	int refs;
};

struct socket {
	struct sock *sk;
	const struct proto_ops *ops;
	u32 state;
};

struct address {
	u16 family;
	u32 index;
};

struct msg {
	void *name;
	u32 name_len;
	struct frame *frame;
	u32 flags;
};

struct filter {
	u32 id, mask;
};

struct proto_ops {
	int family;
	int (*release)(struct socket *s);
	int (*bind)(struct socket *s, struct address *a, int len);
	int (*getname)(struct socket *s, struct address *a);
	int (*setsockopt)(struct socket *s, int option, const struct filter *values, u32 len);
	int (*getsockopt)(struct socket *s, int option, int *value, int *len);
	int (*sendmsg)(struct socket *s, struct msg *m, size_t size);
	int (*recvmsg)(struct socket *s, struct msg *m, size_t size);
};

struct proto {
	const char *name;
	u32 obj_size;
	int (*init)(struct sock *sk);
};

struct protocol {
	int type, number;
	const struct proto_ops *ops;
	struct proto *prot;
};

struct notifier {
	int (*call)(struct notifier *n, unsigned long event, void *data);
	struct notifier *next;
	int priority;
};

int protocol_register(const struct protocol *p);
int notifier_register(struct notifier *n);
int rx_register(struct nd *d, u32 id, u32 mask, void (*f)(struct pkt *p, void *data), void *data,
	const char *ident, struct sock *sk);
void rx_unregister(
	struct nd *d, u32 id, u32 mask, void (*f)(struct pkt *p, void *data), void *data);
struct nd *nd_by_index(u32 index);
struct pkt *pkt_new(size_t size);
struct pkt *pkt_clone(struct pkt *p);
void pkt_free(struct pkt *p);
int pkt_send(struct pkt *p, int loop);
int sock_queue(struct sock *sk, struct pkt *p);
struct pkt *sock_dequeue(struct sock *sk);
void sock_put(struct sock *sk);
void sock_error(struct sock *sk, int error);
