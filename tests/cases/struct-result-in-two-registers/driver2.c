// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct pair {
	struct dv *from, *to;
};

struct pair x_choose(struct dv *d, struct dv *e);

struct pair x_choose(struct dv *d, struct dv *e)
{
	struct pair p = {d, e};
	return p;
}
