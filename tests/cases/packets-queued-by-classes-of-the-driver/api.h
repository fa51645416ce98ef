// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct sk_buff {
	struct sk_buff *next, *prev;
	u32 len, priority, mark;
	u8 cb[16] __attribute__((aligned(8)));
};

struct sk_queue {
	struct sk_buff *head, *tail;
	u32 qlen;
};

struct qstats {
	u32 qlen, backlog, drops, requeues, overlimits;
};

struct Qdisc;

struct Qdisc_ops {
	const char *id;
	int priv_size;
	int (*init)(struct Qdisc *sch, const void *opt, size_t len);
	int (*enqueue)(struct sk_buff *skb, struct Qdisc *sch, struct sk_buff **to_free);
	struct sk_buff *(*dequeue)(struct Qdisc *sch);
	struct sk_buff *(*peek)(struct Qdisc *sch);
	void (*reset)(struct Qdisc *sch);
	int (*dump)(struct Qdisc *sch, void *to, size_t room);
	struct Qdisc_ops *next;
};

struct Qdisc {
	const struct Qdisc_ops *ops;
	u32 handle, limit;
	struct qstats qstats;
	u64 bytes, packets;
	u8 priv[] __attribute__((aligned(8)));
};

static inline void *qdisc_priv(struct Qdisc *sch)
{
	return sch->priv;
}

int kregister_qdisc(struct Qdisc_ops *ops);
u64 ktime_now(void);
void kqdisc_tree_reduce(struct Qdisc *sch, int packets, int bytes);
void kfree_skb(struct sk_buff *skb);
