// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct pool *pool;
static int (*picker)(struct pool *p, u32 round);
static u32 nslots;

struct pool *pool_alloc(u32 slots)
{
	kernel_only();
	pool = kzalloc(sizeof(*pool) + slots * sizeof(pool->slots[0]), 0);
	nslots = slots;
	for (u32 i = 0; i < slots; i++)
		pool->slots[i].weight = 11 * (i + 1);
	return pool;
}

int pool_step(struct pool *p, int (*pick)(struct pool *p, u32 round))
{
	int slot;

	kernel_only();
	picker = pick;
	slot = pick(p, p->round++);
	p->slots[slot].uses++;
	for (u32 i = 0; i < nslots; i++)
		p->slots[i].weight += i;
	return slot * 1000 + p->slots[slot].owner;
}

int later(void)
{
	u32 sum = 0;

	pool->slots[3].weight = 500;
	report(pool_step(pool, picker));
	for (u32 i = 0; i < nslots; i++)
		sum += pool->slots[i].owner * (i + 1);
	return sum;
}
