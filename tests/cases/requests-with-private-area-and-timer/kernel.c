// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct disk *known;
static struct timer *timers;

int tag_set_alloc(struct tag_set *set)
{
	kernel_only();
	if (set->depth > 8)
		return -22;
	set->rqs = kzalloc(set->depth * sizeof *set->rqs, 0);
	for (u32 i = 0; i < set->depth; i++) {
		set->rqs[i] = kzalloc(sizeof **set->rqs + set->cmd_size, 0);
		set->rqs[i]->tag = i;
		if (set->ops->init_request(set->rqs[i], i))
			return -12;
	}
	return 0;
}

struct disk *disk_alloc(struct tag_set *set, void *queuedata)
{
	struct disk *d = kzalloc(sizeof *d, 0);

	kernel_only();
	d->queue = kzalloc(sizeof *d->queue, 0);
	d->queue->set = set;
	d->queue->queuedata = queuedata;
	d->queue->limits = 1;
	d->queue->hctx = kzalloc(2 * sizeof *d->queue->hctx, 0);
	for (u32 i = 0; i < 2; i++) {
		d->queue->hctx[i].queue = d->queue;
		if (set->ops->init_hctx(&d->queue->hctx[i], set->driver_data, i))
			return NULL;
	}
	return d;
}

int disk_add(struct disk *d)
{
	kernel_only();
	known = d;
	report(d->name[5]);
	report(d->capacity);
	report(d->queue->limits * 100 + d->queue->max_sectors);
	return d->major == 259 ? 0 : -22;
}

void disk_del(struct disk *d)
{
	kernel_only();
	known = NULL;
}

void start_request(struct request *rq)
{
	kernel_only();
	rq->state = 1;
}

void end_request(struct request *rq, u8 status)
{
	kernel_only();
	report(rq->tag * 1000 + rq->state * 100 + status);
	report(rq->bytes);
	rq->state = 0;
}

void complete_request(struct request *rq)
{
	kernel_only();
	rq->state = 2;
	rq->q->set->ops->complete(rq);
}

void timer_start(struct timer *t, u64 after)
{
	kernel_only();
	t->expires = after;
	t->next = timers;
	timers = t;
}

static void submit(u32 tag, enum op op, u64 sector, u32 bytes, _Bool last)
{
	struct queue *q = known->queue;
	struct request *rq = q->set->rqs[tag];
	struct queue_data data = {rq, last};

	rq->q = q;
	rq->op = op;
	rq->sector = sector;
	rq->bytes = bytes;
	report(q->set->ops->queue_rq(&q->hctx[tag & 1], &data));
}

static void run_timers(void)
{
	while (timers) {
		struct timer *t = timers;

		timers = t->next;
		report(t->expires);
		report(t->function(t));
	}
}

int later(void)
{
	submit(0, OP_WRITE, 1, 16, 0);
	submit(1, OP_WRITE, 2, 32, 1);
	submit(2, OP_READ, 3, 32, 1);
	submit(3, OP_FLUSH, 0, 0, 1);
	run_timers();
	submit(0, OP_READ, 0, 16, 1);
	submit(2, OP_READ, 1, 16, 1);
	submit(2, OP_READ, 1, 16, 1);
	report(known->queue->set->ops->timeout(known->queue->set->rqs[1]));
	run_timers();
	return 0;
}
