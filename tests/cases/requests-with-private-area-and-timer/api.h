// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum op { OP_READ, OP_WRITE, OP_FLUSH };

struct queue;
struct hctx;

struct bvec {
	u8 *page;
	u32 len, offset;
};

struct request {
	struct queue *q;
	enum op op;
	u32 tag;
	u64 sector;
	u32 bytes;
	u8 state;
	struct bvec *vec;
	u32 vecs;
	struct request *next;
};

struct queue_data {
	struct request *rq;
	_Bool last;
};

struct queue_ops {
	u8 (*queue_rq)(struct hctx *h, const struct queue_data *bd);
	void (*complete)(struct request *rq);
	int (*init_request)(struct request *rq, u32 index);
	int (*init_hctx)(struct hctx *h, void *data, u32 index);
	u8 (*timeout)(struct request *rq);
};

struct tag_set {
	const struct queue_ops *ops;
	u32 depth, cmd_size, flags;
	void *driver_data;
	struct request **rqs;
};

struct hctx {
	void *driver_data;
	struct queue *queue;
};

struct queue {
	struct tag_set *set;
	void *queuedata;
	struct hctx *hctx;
	u32 max_sectors;
	u64 limits;
};

struct timer {
	u64 expires;
	int (*function)(struct timer *t);
	struct timer *next;
};

struct disk {
	struct queue *queue;
	u64 capacity;
	char name[16];
	int major, first_minor;
	const void *fops;
	void *private_data;
};

int tag_set_alloc(struct tag_set *set);
struct disk *disk_alloc(struct tag_set *set, void *queuedata);
int disk_add(struct disk *d);
void disk_del(struct disk *d);
void start_request(struct request *rq);
void end_request(struct request *rq, u8 status);
void complete_request(struct request *rq);
void timer_start(struct timer *t, u64 after);
int snprintf(char *to, size_t size, const char *format, ...);

static inline void *rq_to_pdu(struct request *rq)
{
	return rq + 1;
}
