// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct a a = {5};
static struct b b = {6, 20};

int ksink(struct sink *s)
{
	kernel_only();
	struct ev e = {.kind = 0, .a = &a};
	int r = s->put(s, &e);
	e.kind = 1;
	e.b = &b;
	r += s->put(s, &e);
	e.kind = 2;
	e.num = 1000;
	r += s->put(s, &e);
	return r + a.x * 2 + b.y * 3;
}
