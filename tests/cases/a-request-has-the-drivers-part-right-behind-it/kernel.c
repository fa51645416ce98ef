// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct blk_mq_hw_ctx hctx;
static int completed;

int blk_mq_alloc_tag_set(struct blk_mq_tag_set *set)
{
	kernel_only();
	set->tags = kzalloc(set->queue_depth * sizeof(*set->tags), 0);
	for (unsigned i = 0; i < set->queue_depth; i++) {
		struct request *rq = kzalloc(sizeof(*rq) + set->cmd_size, 0);

		rq->tag = i;
		set->tags[i] = rq;
		if (set->ops->init_request(set, rq, i))
			return -12;
	}
	return 0;
}

struct request_queue *blk_mq_alloc_queue(struct blk_mq_tag_set *set, void *queuedata)
{
	struct request_queue *q = kzalloc(sizeof(*q), 0);

	kernel_only();
	q->set = set;
	q->queuedata = queuedata;
	hctx.queue = q;
	set->ops->init_hctx(&hctx, set->driver_data, 0);
	return q;
}

void blk_mq_start_request(struct request *rq)
{
	kernel_only();
	rq->started = 1;
}

void blk_mq_complete_request(struct request *rq)
{
	kernel_only();
	rq->q->set->ops->complete(rq);
}

void blk_mq_end_request(struct request *rq, u8 status)
{
	kernel_only();
	rq->status = status;
	rq->started = 0;
	completed++;
}

static int submit(int tag, u8 op, u64 sector, struct bio *bio, _Bool last)
{
	struct request *rq = hctx.queue->set->tags[tag];
	struct blk_mq_queue_data bd = {.rq = rq, .last = last};
	u8 ret;

	rq->q = hctx.queue;
	rq->cmd_flags = op;
	rq->__sector = sector;
	rq->bio = bio;
	rq->status = 0xff;
	ret = hctx.queue->set->ops->queue_rq(&hctx, &bd);
	return ret << 16 | rq->started << 8 | rq->status;
}

int later(void)
{
	u8 page[48], other[48] = {0};
	struct bio_vec vecs[2] = {{page, 16, 0}, {page, 8, 32}}, tail = {page, 8, 20}, read = {other, 32, 4};
	struct bio second = {NULL, 1, &tail}, first = {&second, 2, vecs}, in = {NULL, 1, &read};

	for (int i = 0; i < 48; i++)
		page[i] = i;
	report(submit(1, REQ_OP_WRITE, 2, &first, 1));
	report(submit(0, REQ_OP_READ, 2, &in, 1));
	report(other[4 + 15] << 16 | other[4 + 16] << 8 | other[4 + 24]);
	report(submit(2, REQ_OP_READ, 7, &in, 1));
	report(submit(2, REQ_OP_FLUSH, 0, NULL, 0));
	return completed;
}
