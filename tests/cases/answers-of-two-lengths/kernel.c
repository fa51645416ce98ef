// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct gauge *gauge;

int gauge_register(struct gauge *g)
{
	kernel_only();
	gauge = g;
	g->id = 4;
	return 0;
}

static long ask(u32 kind, u32 room)
{
	u8 *answer = kzalloc(room, 0);
	long sum = 0;
	int n;

	answer[1] = 10;
	n = gauge->ops->read(gauge, kind, answer);
	for (u32 i = 0; i < room; i++)
		sum = sum * 7 + answer[i];
	kfree(answer);
	return sum * 10 + n;
}

static int check(u16 low, u32 n)
{
	u16 *limits = kzalloc(n * sizeof(*limits), 0);
	int status;

	for (u32 i = 0; i < n; i++)
		limits[i] = low + i;
	status = gauge->ops->check(gauge, limits);
	kfree(limits);
	return status;
}

int later(void)
{
	report(check(7, 2));
	report(ask(1, 2));
	report(ask(2, 8));
	report(check(101, 4));
	report(ask(1, 3));
	report(ask(2, 9));
	return gauge->id;
}
