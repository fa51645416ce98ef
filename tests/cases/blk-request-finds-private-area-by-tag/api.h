// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct request {
	u32 tag, sector, bytes;
	u8 *buffer;
};

struct blk_mq_ops {
	u8 (*queue_rq)(void *driver_data, struct request *rq, int last);
	u8 (*complete)(struct request *rq);
};

struct blk_mq_tag_set {
	const struct blk_mq_ops *ops;
	u32 queue_depth, cmd_size;
	void *driver_data;
	struct request **rqs;
};

static inline void *blk_mq_rq_to_pdu(struct request *rq)
{
	return rq + 1;
}

int blk_mq_alloc_tag_set(struct blk_mq_tag_set *set);
struct request *blk_mq_tag_to_rq(struct blk_mq_tag_set *set, u32 tag);
void blk_mq_complete_request(struct request *rq);
