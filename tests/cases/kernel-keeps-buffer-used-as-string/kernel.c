// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct ent *all[4];
static int n;

struct ent *kreg(const char *name, int (*cb)(void))
{
	kernel_only();
	struct ent *e = kzalloc(sizeof *e, 0);
	e->name = name;
	e->cb = cb;
	all[n++] = e;
	return e;
}

void kren(struct ent *e, const char *to)
{
	kernel_only();
	e->name = to;
}

int later(void)
{
	long h = 0;
	for (int i = 0; i < n; i++) {
		for (const char *s = all[i]->name; *s; s++)
			h = h * 31 + *s;
		h += all[i]->cb();
	}
	return h & 0xffffff;
}
