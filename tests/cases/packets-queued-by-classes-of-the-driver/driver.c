// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_opt {
	u32 limit, target;
	u8 prio2band[8];
};

struct x_cb {
	u64 enqueued;
	u32 band;
};

struct x_sched {
	struct sk_queue bands[3];
	struct x_opt opt;
	u32 delays, filtered;
	struct sk_buff *peeked;
};

static struct x_cb *cb_of(struct sk_buff *skb)
{
	return (struct x_cb *)skb->cb;
}

static int init(struct Qdisc *sch, const void *opt, size_t len)
{
	struct x_sched *q = qdisc_priv(sch);

	if (len && len < sizeof(struct x_opt))
		return -22;
	if (len)
		q->opt = *(const struct x_opt *)opt;
	else
		q->opt = (struct x_opt){5, 3, {2, 1, 0, 1}};
	sch->limit = q->opt.limit;
	return 0;
}

static void append(struct sk_queue *queue, struct sk_buff *skb)
{
	skb->next = NULL;
	if (queue->tail)
		queue->tail->next = skb;
	else
		queue->head = skb;
	queue->tail = skb;
	queue->qlen++;
}

static struct sk_buff *take(struct sk_queue *queue)
{
	struct sk_buff *skb = queue->head;

	if (!skb)
		return NULL;
	queue->head = skb->next;
	if (!queue->head)
		queue->tail = NULL;
	queue->qlen--;
	skb->next = NULL;
	return skb;
}

static int enqueue(struct sk_buff *skb, struct Qdisc *sch, struct sk_buff **to_free)
{
	struct x_sched *q = qdisc_priv(sch);
	u32 band = q->opt.prio2band[skb->priority & 7];

	if (sch->qstats.qlen >= sch->limit) {
		sch->qstats.drops++;
		skb->next = *to_free;
		*to_free = skb;
		return 1;
	}
	cb_of(skb)->enqueued = ktime_now();
	cb_of(skb)->band = band;
	append(&q->bands[band], skb);
	sch->qstats.qlen++;
	sch->qstats.backlog += skb->len;
	return 0;
}

static struct sk_buff *dequeue(struct Qdisc *sch)
{
	struct x_sched *q = qdisc_priv(sch);
	struct sk_buff *skb;
	int dropped = 0, bytes = 0;

	for (int band = 0; band < 3; band++) {
		while ((skb = take(&q->bands[band]))) {
			u64 delay = ktime_now() - cb_of(skb)->enqueued;

			sch->qstats.qlen--;
			sch->qstats.backlog -= skb->len;
			if (delay > q->opt.target * 4) {
				dropped++;
				bytes += skb->len;
				kfree_skb(skb);
				continue;
			}
			q->delays += delay;
			skb->mark = 10 * cb_of(skb)->band + delay;
			sch->packets++;
			sch->bytes += skb->len;
			if (dropped)
				kqdisc_tree_reduce(sch, dropped, bytes);
			return skb;
		}
	}
	if (dropped)
		kqdisc_tree_reduce(sch, dropped, bytes);
	return NULL;
}

static struct sk_buff *peek(struct Qdisc *sch)
{
	struct x_sched *q = qdisc_priv(sch);

	for (int band = 0; band < 3; band++)
		if (q->bands[band].head)
			return q->bands[band].head;
	return NULL;
}

static void reset(struct Qdisc *sch)
{
	struct x_sched *q = qdisc_priv(sch);
	struct sk_buff *skb;

	for (int band = 0; band < 3; band++)
		while ((skb = take(&q->bands[band])))
			kfree_skb(skb);
	sch->qstats.qlen = sch->qstats.backlog = 0;
}

static int dump(struct Qdisc *sch, void *to, size_t room)
{
	struct x_sched *q = qdisc_priv(sch);
	struct x_opt *opt = to;

	if (room < sizeof(*opt))
		return -90;
	*opt = q->opt;
	opt->target = q->delays;
	return sizeof(*opt);
}

static struct Qdisc_ops ops = {
	"xprio", sizeof(struct x_sched), init, enqueue, dequeue, peek, reset, dump};

static int x_init(void)
{
	return kregister_qdisc(&ops);
}

module_init(x_init);
