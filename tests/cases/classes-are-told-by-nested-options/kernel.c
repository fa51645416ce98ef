// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kqdisc_ops *registered;

int kregister_qdisc(struct kqdisc_ops *ops)
{
	kernel_only();
	ops->next = registered;
	registered = ops;
	return ops->enqueue && ops->dequeue ? 0 : -22;
}

int knla_parse_nested(struct knlattr *tb[], int max, const struct knlattr *nla,
	const struct knla_policy *policy, struct kextack *ack)
{
	struct knlattr *pos;
	int rem;

	kernel_only();
	for (int i = 0; i <= max; i++)
		tb[i] = NULL;
	knla_for_each(pos, nla, rem)
	{
		const struct knla_policy *p;

		if (pos->type > max)
			continue;
		p = &policy[pos->type];
		if ((p->type == NLA_U32 || p->type == NLA_U8) && pos->len - 4 != p->len)
			goto bad;
		if (p->type == NLA_STRING && pos->len - 4 > p->len)
			goto bad;
		if (p->type == NLA_U32 && (knla_u32(pos) < p->min || knla_u32(pos) > p->max))
			goto bad;
		tb[pos->type] = pos;
	}
	return 0;
bad:
	ack->msg = "out of range";
	ack->bad = pos;
	return -34;
}

int knla_put(struct knlmsg *m, int type, int len, const void *data)
{
	struct knlattr *a = (struct knlattr *)(m->data + m->len);

	kernel_only();
	if (m->len + 4 + KNLA_ALIGN(len) > sizeof(m->data))
		return -90;
	a->type = type;
	a->len = 4 + len;
	memcpy(knla_data(a), data, len);
	m->len += KNLA_ALIGN(a->len);
	return 0;
}

struct knlattr *knla_nest(struct knlmsg *m, int type)
{
	struct knlattr *a = (struct knlattr *)(m->data + m->len);

	kernel_only();
	if (m->len + 4 > sizeof(m->data))
		return NULL;
	a->type = type;
	a->len = 4;
	m->len += 4;
	return a;
}

void knla_nest_end(struct knlmsg *m, struct knlattr *start)
{
	kernel_only();
	start->len = m->data + m->len - (u8 *)start;
}

static void class(struct knlmsg *m, u32 id, u32 weight, u8 flags)
{
	struct knlattr *nest = knla_nest(m, 2);

	if (id)
		knla_put(m, 1, 4, &id);
	if (weight)
		knla_put(m, 2, 4, &weight);
	if (flags)
		knla_put(m, 3, 1, &flags);
	knla_nest_end(m, nest);
}

static int sum_up(struct kqdisc *q, unsigned long cl, void *arg)
{
	*(long *)arg = *(long *)arg * 10 + cl;
	return q->flags && cl > 3000;
}

static void packet(struct kqdisc *q, u32 len, u32 priority, struct kpkt **to_free)
{
	struct kpkt *p = kzalloc(sizeof(*p), 0);

	p->len = len;
	p->priority = priority;
	q->now += 7;
	report(q->ops->enqueue(p, q, to_free));
}

static void options(struct kqdisc *q, int n)
{
	struct knlmsg m = {};
	struct kextack ack = {};
	struct knlattr *opt = knla_nest(&m, 1);
	u32 limit = n == 2 ? 1000 : 5;

	knla_put(&m, 1, 4, &limit);
	class(&m, n == 3 ? 0 : 0x10 + n, 900 + n, n);
	class(&m, 0x20, n ? 0 : 1400, 0);
	knla_put(&m, 3, 4, "abc");
	knla_nest_end(&m, opt);
	report(n ? q->ops->change(q, opt, &ack) : q->ops->init(q, opt, &ack));
	report(ack.msg ? ack.msg[0] * 1000 + ack.bad->type * 100 + ack.bad->len : 0);
}

int later(void)
{
	struct kqdisc *q = kzalloc(sizeof(*q) + registered->priv_size, 0);
	struct kpkt *drop = NULL, *p;
	struct knlmsg m = {};
	long walked = 0, sum = 0;
	int drops;

	q->ops = registered;
	report(registered->id[1] * 10 + q->ops->change(q, NULL, NULL));
	for (int i = 0; i < 4; i++)
		options(q, i);
	for (int i = 0; i < 7; i++)
		packet(q, 300 + i * 250, i * i, &drop);
	report(q->qstats.backlog);
	for (int i = 0; i < 3; i++) {
		p = q->ops->dequeue(q);
		report(p->hash * 10000 + p->len);
		kfree(p);
	}
	q->ops->walk(q, sum_up, &walked);
	report(walked);
	report(q->ops->find(q, 0x20) * 10 + q->ops->find(q, 0x99));
	report(q->ops->dump(q, &m));
	for (u32 i = 0; i < m.len; i++)
		sum = (sum * 31 + m.data[i]) % 1000003;
	report(sum);
	m.len = 230;
	report(q->ops->dump(q, &m));
	q->ops->reset(q);
	report(q->ops->dequeue(q) == NULL);
	q->ops->destroy(q);
	while (drop) {
		p = drop;
		drop = p->next;
		report(p->len);
		kfree(p);
	}
	drops = q->qstats.drops;
	kfree(q);
	return drops;
}
