// SPDX-License-Identifier: MIT
#include <linux/api.h>

int ksubmit(struct req *r)
{
	kernel_only();
	if (r->kind == 0) {
		struct a *a = r->data;
		a->x += 2;
		return a->x;
	}
	struct b *b = r->data;
	b->y += b->z;
	return b->y;
}
