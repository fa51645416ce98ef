// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct trio {
	struct dv *from, *to;
	u64 step;
};

struct trio x_choose(struct dv *d, struct dv *e);
void x_look(struct trio *t);

struct trio x_choose(struct dv *d, struct dv *e)
{
	struct trio t = {d, e, 10};
	return t;
}

void x_look(struct trio *t)
{
	t->to->level += t->step;
}
