// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct box *the;

static int sum(void)
{
	int all = 0;

	for (u32 i = 0; i < the->count; i++) {
		struct whole *w = container_of(the->parts[i], struct whole, part);

		all += w->weigh(w, the->parts[i]->id);
		w->weight++;
	}
	return all;
}

int box_add(struct box *b)
{
	kernel_only();
	the = b;
	return sum();
}

int later(void)
{
	return sum();
}
