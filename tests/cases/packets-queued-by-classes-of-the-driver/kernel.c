// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct Qdisc_ops *disciplines;
static u64 clock;
static int freed, reduced;

int kregister_qdisc(struct Qdisc_ops *ops)
{
	kernel_only();
	ops->next = disciplines;
	disciplines = ops;
	return 0;
}

u64 ktime_now(void)
{
	kernel_only();
	return clock;
}

void kqdisc_tree_reduce(struct Qdisc *sch, int packets, int bytes)
{
	kernel_only();
	reduced += packets * 1000 + bytes;
	sch->qstats.overlimits += packets;
}

void kfree_skb(struct sk_buff *skb)
{
	kernel_only();
	freed += skb->len;
	kfree(skb);
}

static struct Qdisc *create(const char *id, const void *opt, size_t len)
{
	struct Qdisc_ops *ops = disciplines;
	struct Qdisc *sch = kzalloc(sizeof(*sch) + ops->priv_size, 0);
	int err;

	sch->ops = ops;
	sch->handle = 0x10000;
	err = ops->init(sch, opt, len);
	report(err);
	if (err) {
		kfree(sch);
		return NULL;
	}
	report(sch->limit);
	return sch;
}

static void xmit(struct Qdisc *sch, u32 len, u32 priority)
{
	struct sk_buff *skb = kzalloc(sizeof(*skb), 0), *to_free = NULL;

	skb->len = len;
	skb->priority = priority;
	report(sch->ops->enqueue(skb, sch, &to_free));
	while (to_free) {
		struct sk_buff *next = to_free->next;

		report(to_free->len);
		kfree_skb(to_free);
		to_free = next;
	}
}

static void drain(struct Qdisc *sch, int most)
{
	while (most--) {
		struct sk_buff *next = sch->ops->peek(sch), *skb = sch->ops->dequeue(sch);

		report(next != NULL);
		if (!skb)
			break;
		report(skb->len * 100 + skb->mark);
		kfree_skb(skb);
	}
}

struct options {
	u32 limit, target;
	u8 bands[8];
};

int later(void)
{
	struct options opt = {3, 1, {0, 1, 2, 2}}, back;
	struct Qdisc *a = create("xprio", NULL, 0), *b;

	create("xprio", &opt, 4);
	b = create("xprio", &opt, sizeof(opt));
	for (u32 i = 0; i < 7; i++, clock++)
		xmit(a, 60 + i, i);
	for (u32 i = 0; i < 3; i++, clock += 2)
		xmit(b, 100 + i, i);
	drain(a, 2);
	drain(b, 4);
	drain(a, 9);
	report(a->qstats.drops * 100 + a->qstats.qlen);
	report(a->qstats.backlog);
	report(a->bytes * 10 + a->packets);
	report(b->qstats.overlimits);
	xmit(b, 7, 2);
	b->ops->reset(b);
	report(a->ops->dump(a, &back, sizeof(back)));
	report(back.limit * 1000 + back.target);
	report(b->ops->dump(b, &back, 4));
	report(reduced);
	return freed;
}
