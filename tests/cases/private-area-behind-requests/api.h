// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>
void note(long value);

struct request {
	u32 tag, len;
	u64 sector;
	u32 state;
	struct request *next;
	void *q;
};

struct tag_set {
	const struct mq_ops *ops;
	u32 depth;
	u32 cmd_size;
	void *driver_data;
	struct request **rqs;
};

struct mq_ops {
	int (*queue_rq)(struct tag_set *set, struct request *rq);
	int (*init_request)(struct tag_set *set, struct request *rq, u32 i);
	void (*complete)(struct request *rq);
};

static inline void *rq_to_pdu(struct request *rq)
{
	return rq + 1;
}

static inline struct request *rq_from_pdu(void *pdu)
{
	return (struct request *)pdu - 1;
}

int alloc_tag_set(struct tag_set *s);
void start_request(struct request *rq);
void end_request(struct request *rq, int status);
