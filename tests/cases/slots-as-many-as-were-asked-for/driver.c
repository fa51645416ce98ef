// SPDX-License-Identifier: MIT
#include <linux/api.h>

#define SLOTS 6

static struct pool *pool;

static int x_pick(struct pool *p, u32 round)
{
	u32 best = 0;

	for (u32 i = 0; i < SLOTS; i++)
		if (p->slots[i].weight > p->slots[best].weight)
			best = i;
	p->slots[best].owner = 100 + round;
	p->slots[best].weight /= 2;
	return best;
}

static int x_init(void)
{
	pool = pool_alloc(SLOTS);
	report(pool->slots[5].weight);
	pool->slots[2].weight = 90;
	pool->slots[4].weight += 50;
	for (int i = 0; i < 4; i++)
		report(pool_step(pool, x_pick));
	for (int i = 0; i < SLOTS; i++)
		report(pool->slots[i].owner * 10000 + pool->slots[i].weight * 10 +
			pool->slots[i].uses);
	return 0;
}

module_init(x_init);
