// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

enum { REQ_OP_READ, REQ_OP_WRITE, REQ_OP_FLUSH };

struct bio_vec {
	void *bv_page;
	unsigned bv_len;
	unsigned bv_offset;
};

struct bio {
	struct bio *bi_next;
	u16 bi_vcnt;
	struct bio_vec *bi_io_vec;
};

struct request {
	struct request_queue *q;
	u8 cmd_flags;
	int tag;
	int started;
	u8 status;
	u64 __sector;
	struct bio *bio;
};

struct request_queue {
	void *queuedata;
	struct blk_mq_tag_set *set;
};

struct blk_mq_hw_ctx {
	struct request_queue *queue;
	void *driver_data;
};

struct blk_mq_queue_data {
	struct request *rq;
	_Bool last;
};

struct blk_mq_ops {
	u8 (*queue_rq)(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *bd);
	void (*complete)(struct request *rq);
	int (*init_request)(struct blk_mq_tag_set *set, struct request *rq, unsigned index);
	int (*init_hctx)(struct blk_mq_hw_ctx *hctx, void *data, unsigned index);
};

struct blk_mq_tag_set {
	const struct blk_mq_ops *ops;
	unsigned queue_depth;
	unsigned cmd_size;
	void *driver_data;
	struct request **tags;
};

static inline void *blk_mq_rq_to_pdu(struct request *rq)
{
	return rq + 1;
}

int blk_mq_alloc_tag_set(struct blk_mq_tag_set *set);
struct request_queue *blk_mq_alloc_queue(struct blk_mq_tag_set *set, void *queuedata);
void blk_mq_start_request(struct request *rq);
void blk_mq_complete_request(struct request *rq);
void blk_mq_end_request(struct request *rq, u8 status);
