// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct my {
	u32 ticks;
	struct timer t1;
	struct timer t2;
	u64 last;
};
static struct my *M;

static void f2(struct timer *t)
{
	struct my *m = container_of(t, struct my, t2);
	m->ticks += 100;
}

static void f1(struct timer *t)
{
	struct my *m = container_of(t, struct my, t1);
	m->last = now();
	if (++m->ticks % 100 < 3)
		timer_mod(t, m->last + 2);
	else
		timer_del(&m->t2);
	report(m->ticks);
}

static int scenario(void)
{
	M = kzalloc(sizeof *M, 0);
	timer_setup(&M->t1, f1, 1);
	timer_setup(&M->t2, f2, 2);
	timer_mod(&M->t1, 2);
	timer_mod(&M->t2, 3);
	return M->t1.flags * 10 + M->t2.flags;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
