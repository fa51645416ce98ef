// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_init(void)
{
	struct request *rq = kget(3);

	for (u32 i = 0; i < rq->count; i++)
		rq->sum += rq->pieces[i].length;
	report(rq->sum);
	kend(rq);
	report(rq->count);
	report(kagain(rq));
	return 0;
}

module_init(x_init);
