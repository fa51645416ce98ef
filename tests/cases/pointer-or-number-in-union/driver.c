// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u64 total;

static int put(struct sink *s, struct ev *e)
{
	switch (e->kind) {
	case 0:
		total += e->a->x;
		e->a->x = 7;
		break;
	case 1:
		total += e->b->z;
		e->b->y = 8;
		break;
	default:
		total += e->num;
	}
	return total;
}
static struct sink S = {.put = put};

static int x_init(void)
{
	report(ksink(&S));
	report(total);
	return 0;
}

module_init(x_init);
