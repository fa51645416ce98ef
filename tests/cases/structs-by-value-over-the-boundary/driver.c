// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_cb(struct pair p)
{
	struct pair back = {p.to, p.from};
	p.to->level += p.from->level;
	kmove(back);
	struct pair q = kpair();
	q.to->level += q.from->seen;
	return p.from->seen;
}

static int x_init(void)
{
	report(kreg(x_cb));
	return 0;
}

module_init(x_init);
