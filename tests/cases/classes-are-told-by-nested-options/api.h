// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kqdisc;

struct knlattr {
	u16 len, type;
};

enum { NLA_ANY, NLA_U8, NLA_U32, NLA_NESTED, NLA_STRING };

struct knla_policy {
	u8 type;
	u16 len;
	u32 min, max;
};

struct kextack {
	const char *msg;
	const struct knlattr *bad;
	u8 cookie_len;
};

struct kpkt {
	struct kpkt *next;
	u32 len, priority, hash;
	u64 when;
	u8 cb[16] __attribute__((aligned(8)));
};

struct knlmsg {
	u8 data[256] __attribute__((aligned(4)));
	u32 len;
};

struct kqdisc_ops {
	char id[8];
	int priv_size;
	int (*enqueue)(struct kpkt *p, struct kqdisc *q, struct kpkt **to_free);
	struct kpkt *(*dequeue)(struct kqdisc *q);
	int (*init)(struct kqdisc *q, struct knlattr *opt, struct kextack *ack);
	void (*reset)(struct kqdisc *q);
	void (*destroy)(struct kqdisc *q);
	int (*change)(struct kqdisc *q, struct knlattr *opt, struct kextack *ack);
	int (*dump)(struct kqdisc *q, struct knlmsg *m);
	void (*walk)(struct kqdisc *q, int (*fn)(struct kqdisc *q, unsigned long cl, void *arg),
		void *arg);
	unsigned long (*find)(struct kqdisc *q, u32 classid);
	struct kqdisc_ops *next;
};

struct kqdisc {
	const struct kqdisc_ops *ops;
	u32 handle, limit, flags;

	struct {
		u32 qlen, drops, backlog;
	} qstats;

	u64 now;
	long private[] __attribute__((aligned(16)));
};

int kregister_qdisc(struct kqdisc_ops *ops);
int knla_parse_nested(struct knlattr *tb[], int max, const struct knlattr *nla,
	const struct knla_policy *policy, struct kextack *ack);
int knla_put(struct knlmsg *m, int type, int len, const void *data);
struct knlattr *knla_nest(struct knlmsg *m, int type);
void knla_nest_end(struct knlmsg *m, struct knlattr *start);

static inline void *kqdisc_priv(struct kqdisc *q)
{
	return q->private;
}

static inline void *knla_data(const struct knlattr *a)
{
	return (char *)a + sizeof(*a);
}

static inline u32 knla_u32(const struct knlattr *a)
{
	return *(u32 *)knla_data(a);
}

#define KNLA_ALIGN(len) (((len) + 3) & ~3)
#define knla_for_each(pos, head, rem)                                                              \
	for (pos = knla_data(head), rem = (head)->len - 4; rem >= 4 && pos->len >= 4 && pos->len <= rem; \
		 rem -= KNLA_ALIGN(pos->len), pos = (struct knlattr *)((char *)(pos) + KNLA_ALIGN(pos->len)))
