// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct blk_mq_tag_set *tags;
static u32 ended;

int blk_mq_alloc_tag_set(struct blk_mq_tag_set *set)
{
	kernel_only();
	set->rqs = kzalloc(set->queue_depth * sizeof(*set->rqs), 0);
	for (u32 i = 0; i < set->queue_depth; i++) {
		set->rqs[i] = kzalloc(sizeof(struct request) + set->cmd_size, 0);
		set->rqs[i]->tag = i;
	}
	tags = set;
	return set->queue_depth;
}

struct request *blk_mq_tag_to_rq(struct blk_mq_tag_set *set, u32 tag)
{
	kernel_only();
	return tag < set->queue_depth ? set->rqs[tag] : NULL;
}

void blk_mq_complete_request(struct request *rq)
{
	kernel_only();
	ended = ended * 7 + tags->ops->complete(rq) + rq->tag;
}

int later(void)
{
	u8 data[3][4] = {{1}, {2}, {3}};
	int sum = 0;
	kernel_only();
	for (u32 i = 0; i < 3; i++) {
		struct request *rq = tags->rqs[(i + 1) % 3];
		rq->sector = i * 8;
		rq->bytes = 4;
		rq->buffer = data[i];
		tags->ops->queue_rq(tags->driver_data, rq, i == 2);
	}
	for (u32 i = 0; i < 3; i++)
		sum += data[i][i] * (i + 1);
	return sum * 1000 + ended;
}
