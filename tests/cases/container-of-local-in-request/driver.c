// SPDX-License-Identifier: MIT
#include <linux/api.h>

static noinline void x_send(struct req *r)
{
	ksubmit(r);
}

static int x_cb(struct dv *d)
{
	struct packet p = {7, {1}, 0, d};
	struct req r = {&p.head};
	x_send(&r);
	p.kind = 8;
	x_send(&r);
	return p.answer + p.d->level;
}

static int x_init(void)
{
	report(kreg(x_cb));
	return 0;
}

module_init(x_init);
