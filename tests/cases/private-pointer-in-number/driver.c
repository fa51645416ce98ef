// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct mine {
	u32 count;
	u32 step;
};

static struct mine A = {1, 10};
static struct timer T;

static void fire(struct timer *t)
{
	struct mine *m = (struct mine *)t->data;
	m->count += m->step;
}

static int x_init(void)
{
	T.fire = fire;
	T.data = (unsigned long)&A;
	karm(&T);
	report(A.count);
	return 0;
}

module_init(x_init);
