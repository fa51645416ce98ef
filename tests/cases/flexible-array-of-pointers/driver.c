// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct item own[3] = {{4}, {5}, {6}};

static int x_cb(struct set *s)
{
	int r = 0;
	for (u32 i = 0; i < s->n; i++) {
		r = r * 10 + s->items[i]->hits;
		s->items[i]->id += 100;
	}
	return r;
}

static int scenario(void)
{
	struct set *s = kzalloc(sizeof *s + 3 * sizeof(struct item *), 0);
	s->n = 3;
	for (u32 i = 0; i < 3; i++)
		s->items[i] = &own[2 - i];
	return set_add(s, x_cb) + own[0].hits;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
