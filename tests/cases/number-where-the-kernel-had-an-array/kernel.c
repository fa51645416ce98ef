// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct piece pieces[3] = {{1}, {2}, {4}};
static struct request request;

struct request *kget(u32 count)
{
	kernel_only();
	request.count = count;
	request.pieces = pieces;
	return &request;
}

/* What was there is gone; nobody looks at the pointer any more. */
void kend(struct request *rq)
{
	kernel_only();
	rq->pieces = (void *)0x6b6b6b6b6b6b6b6bUL;
}

u32 kagain(struct request *rq)
{
	kernel_only();
	return rq->count + rq->sum;
}
