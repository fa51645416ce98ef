// SPDX-License-Identifier: MIT
#include <linux/api.h>
// All that both sides have noted, in its order.
static u32 noted;

void note(long value)
{
	kernel_only();
	noted = noted * 31 + value;
}

static struct tag_set *the;
static int ended;

int alloc_tag_set(struct tag_set *s)
{
	u32 i;
	kernel_only();
	the = s;
	s->rqs = kzalloc(s->depth * sizeof *s->rqs, 0);
	for (i = 0; i < s->depth; i++) {
		s->rqs[i] = kzalloc(sizeof(struct request) + s->cmd_size, 0);
		s->rqs[i]->tag = i;
		if (s->ops->init_request(s, s->rqs[i], i))
			return -1;
	}
	return 0;
}

void start_request(struct request *rq)
{
	kernel_only();
	rq->state = 1;
}

void end_request(struct request *rq, int status)
{
	kernel_only();
	rq->state = 2;
	ended += status + rq->tag;
}

int later(void)
{
	u32 i;
	for (i = 0; i < 6; i++) {
		struct request *rq = the->rqs[i % 4];
		rq->len = 10 + i;
		rq->sector = i * 1000;
		note(the->ops->queue_rq(the, rq));
		note(rq->state);
	}
	the->ops->complete(the->rqs[0]);
	note(ended);
	for (i = 0; i < 4; i++)
		note(the->rqs[i]->state);
	return noted;
}
