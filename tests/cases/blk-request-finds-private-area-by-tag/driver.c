// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_dev {
	struct blk_mq_tag_set set;
	u32 inflight, issues;
	u32 pending[4];
};

static u8 x_queue_rq(void *driver_data, struct request *rq, int last)
{
	struct x_dev *x = driver_data;
	u32 *issued = blk_mq_rq_to_pdu(rq);
	*issued = ++x->issues;
	x->pending[x->inflight++] = rq->tag;
	while (last && x->inflight)
		blk_mq_complete_request(blk_mq_tag_to_rq(&x->set, x->pending[--x->inflight]));
	return 0;
}

static u8 x_complete(struct request *rq)
{
	u32 *issued = blk_mq_rq_to_pdu(rq);
	for (u32 i = 0; i < rq->bytes; i++)
		rq->buffer[i] += *issued * 10 + rq->sector;
	return *issued == 1 ? 10 : 0;
}

static const struct blk_mq_ops x_mq_ops = {x_queue_rq, x_complete};

static int x_init(void)
{
	struct x_dev *x = kzalloc(sizeof *x, 0);
	x->set.ops = &x_mq_ops;
	x->set.queue_depth = 3;
	x->set.cmd_size = sizeof(u32);
	x->set.driver_data = x;
	report(blk_mq_alloc_tag_set(&x->set));
	report(blk_mq_tag_to_rq(&x->set, 2)->tag);
	return 0;
}
module_init(x_init);
