// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct trio {
	struct dv *from, *to;
	u64 step;
};

struct trio x_choose(struct dv *d, struct dv *e);
void x_look(struct trio *t);

static int x_cb(struct dv *d, struct dv *e)
{
	struct trio t = {d, d, 1};
	x_look(&t);
	t = x_choose(d, e);
	t.to->level += t.from->seen + t.step;
	return 0;
}

static int x_init(void)
{
	report(kreg(x_cb));
	return 0;
}

module_init(x_init);
