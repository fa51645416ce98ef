// SPDX-License-Identifier: MIT
#include <linux/api.h>

enum { X_UNSPEC, X_LIMIT, X_CLASS, X_NAME, X_MAX = X_NAME };
enum { C_UNSPEC, C_ID, C_WEIGHT, C_FLAGS, C_MAX = C_FLAGS };

struct x_cb {
	u64 enqueued;
	u32 class;
};

struct x_class {
	u32 id, weight;
	int deficit;
	u8 flags;
	struct kpkt *head, *tail;
	u32 qlen, sent;
};

struct x_sched {
	struct x_class classes[4];
	u32 nclasses, current;
	char name[8];
	u64 delay;
};

static const struct knla_policy policy[X_MAX + 1] = {[X_LIMIT] = {NLA_U32, 4, 1, 100},
	[X_CLASS] = {NLA_NESTED, 8}, [X_NAME] = {NLA_STRING, 7}};
static const struct knla_policy class_policy[C_MAX + 1] = {[C_ID] = {NLA_U32, 4, 1, 0xffff},
	[C_WEIGHT] = {NLA_U32, 4, 100, 5000}, [C_FLAGS] = {NLA_U8, 1}};

static struct x_cb *cb_of(struct kpkt *p)
{
	return (struct x_cb *)p->cb;
}

static int parse_class(struct x_sched *s, const struct knlattr *nla, struct kextack *ack)
{
	struct knlattr *tb[C_MAX + 1];
	struct x_class *c = NULL;
	int err = knla_parse_nested(tb, C_MAX, nla, class_policy, ack);

	if (err)
		return err;
	if (!tb[C_ID]) {
		ack->msg = "class without id";
		ack->bad = nla;
		return -22;
	}
	for (u32 i = 0; i < s->nclasses; i++)
		if (s->classes[i].id == knla_u32(tb[C_ID]))
			c = &s->classes[i];
	if (!c) {
		if (s->nclasses == 4)
			return -28;
		c = &s->classes[s->nclasses++];
		c->id = knla_u32(tb[C_ID]);
	}
	if (tb[C_WEIGHT])
		c->weight = knla_u32(tb[C_WEIGHT]);
	if (tb[C_FLAGS])
		c->flags |= *(u8 *)knla_data(tb[C_FLAGS]);
	return 0;
}

static int x_change(struct kqdisc *q, struct knlattr *opt, struct kextack *ack)
{
	struct x_sched *s = kqdisc_priv(q);
	struct knlattr *tb[X_MAX + 1], *pos;
	int err, rem;

	if (!opt)
		return -22;
	err = knla_parse_nested(tb, X_MAX, opt, policy, ack);
	if (err)
		return err;
	if (tb[X_LIMIT])
		q->limit = knla_u32(tb[X_LIMIT]);
	if (tb[X_NAME])
		memcpy(s->name, knla_data(tb[X_NAME]), tb[X_NAME]->len - 4);
	knla_for_each(pos, opt, rem)
	{
		if (pos->type != X_CLASS)
			continue;
		err = parse_class(s, pos, ack);
		if (err)
			return err;
	}
	return s->nclasses;
}

static int x_qinit(struct kqdisc *q, struct knlattr *opt, struct kextack *ack)
{
	struct x_sched *s = kqdisc_priv(q);

	q->limit = 10;
	s->name[0] = '-';
	return opt ? x_change(q, opt, ack) : 0;
}

static int enqueue(struct kpkt *p, struct kqdisc *q, struct kpkt **to_free)
{
	struct x_sched *s = kqdisc_priv(q);
	struct x_class *c;

	if (!s->nclasses || q->qstats.qlen >= q->limit) {
		q->qstats.drops++;
		p->next = *to_free;
		*to_free = p;
		return 1;
	}
	c = &s->classes[p->priority % s->nclasses];
	cb_of(p)->enqueued = q->now;
	cb_of(p)->class = c->id;
	p->next = NULL;
	if (c->tail)
		c->tail->next = p;
	else
		c->head = p;
	c->tail = p;
	c->qlen++;
	q->qstats.qlen++;
	q->qstats.backlog += p->len;
	return c->flags & 1 ? 2 : 0;
}

static struct kpkt *dequeue(struct kqdisc *q)
{
	struct x_sched *s = kqdisc_priv(q);

	while (q->qstats.qlen) {
		struct x_class *c = &s->classes[s->current % s->nclasses];
		struct kpkt *p = c->head;

		if (!p || c->deficit < (int)p->len) {
			if (p)
				c->deficit += c->weight;
			s->current++;
			continue;
		}
		c->deficit -= p->len;
		c->head = p->next;
		if (!c->head)
			c->tail = NULL;
		c->qlen--;
		c->sent++;
		q->qstats.qlen--;
		q->qstats.backlog -= p->len;
		s->delay += q->now - cb_of(p)->enqueued;
		p->hash = cb_of(p)->class;
		p->next = NULL;
		return p;
	}
	return NULL;
}

static void reset(struct kqdisc *q)
{
	struct x_sched *s = kqdisc_priv(q);

	for (u32 i = 0; i < s->nclasses; i++) {
		struct x_class *c = &s->classes[i];

		while (c->head) {
			struct kpkt *p = c->head;

			c->head = p->next;
			report(p->len);
			kfree(p);
		}
		c->tail = NULL;
		c->qlen = 0;
	}
	q->qstats.qlen = q->qstats.backlog = 0;
}

static void destroy(struct kqdisc *q)
{
	struct x_sched *s = kqdisc_priv(q);

	report(s->delay * 100 + s->name[1]);
}

static int dump(struct kqdisc *q, struct knlmsg *m)
{
	struct x_sched *s = kqdisc_priv(q);
	struct knlattr *nest;

	if (knla_put(m, X_LIMIT, 4, &q->limit) || knla_put(m, X_NAME, 4, s->name))
		return -90;
	for (u32 i = 0; i < s->nclasses; i++) {
		nest = knla_nest(m, X_CLASS);
		if (!nest)
			return -90;
		knla_put(m, C_ID, 4, &s->classes[i].id);
		knla_put(m, C_WEIGHT, 4, &s->classes[i].weight);
		knla_put(m, C_FLAGS, 1, &s->classes[i].flags);
		knla_nest_end(m, nest);
	}
	return m->len;
}

static void walk(struct kqdisc *q, int (*fn)(struct kqdisc *q, unsigned long cl, void *arg),
	void *arg)
{
	struct x_sched *s = kqdisc_priv(q);

	for (u32 i = 0; i < s->nclasses; i++)
		if (fn(q, s->classes[i].sent * 1000 + s->classes[i].qlen, arg))
			return;
}

static unsigned long find(struct kqdisc *q, u32 classid)
{
	struct x_sched *s = kqdisc_priv(q);

	for (u32 i = 0; i < s->nclasses; i++)
		if (s->classes[i].id == classid)
			return i + 1;
	return 0;
}

static struct kqdisc_ops ops = {"xdrr", sizeof(struct x_sched), enqueue, dequeue, x_qinit, reset,
	destroy, x_change, dump, walk, find};

static int x_init(void)
{
	return kregister_qdisc(&ops);
}

module_init(x_init);
