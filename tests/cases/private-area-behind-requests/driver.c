// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct cmd {
	u32 n;
	u32 error;
	struct dev *dev;
	struct cmd *next;
	u64 sum;
};

struct dev {
	struct tag_set set;
	struct cmd *done;
	u32 handled;
};

static int x_init_request(struct tag_set *set, struct request *rq, u32 i)
{
	struct cmd *c = rq_to_pdu(rq);
	c->n = i + 100;
	c->dev = set->driver_data;
	return 0;
}

static int x_queue_rq(struct tag_set *set, struct request *rq)
{
	struct cmd *c = rq_to_pdu(rq);
	struct dev *d = c->dev;
	start_request(rq);
	c->sum += rq->sector * rq->len + c->n;
	d->handled++;
	if (rq->len == 13) {
		c->next = d->done;
		d->done = c;
		return 0;
	}
	c->error = rq->len & 1;
	end_request(rq, c->error ? -5 : 0);
	return c->sum;
}

static void x_complete(struct request *rq)
{
	struct cmd *c = rq_to_pdu(rq);
	struct dev *d = c->dev;
	while (d->done) {
		struct cmd *n = d->done;
		d->done = n->next;
		end_request(rq_from_pdu(n), n->n);
	}
}
static const struct mq_ops x_ops = {
	.queue_rq = x_queue_rq, .init_request = x_init_request, .complete = x_complete};

static int x_init(void)
{
	struct dev *d = kzalloc(sizeof *d, 0);
	d->set.ops = &x_ops;
	d->set.depth = 4;
	d->set.cmd_size = sizeof(struct cmd);
	d->set.driver_data = d;
	return alloc_tag_set(&d->set);
}

module_init(x_init);
