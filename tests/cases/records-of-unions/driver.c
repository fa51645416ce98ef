// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct rec recs[4];

static int x_fill(struct batch *b)
{
	int s = 0;
	for (u32 i = 0; i < b->n; i++) {
		struct rec *r = &b->recs[i];
		switch (r->kind) {
		case 0:
			s += r->u.num;
			r->u.num = 1000 + i;
			break;
		case 1:
			s += r->u.bytes[1];
			r->u.bytes[2] = 7;
			break;
		default:
			s += r->u.pair.b;
			r->u.pair.a = i;
		}
		r->kind = (r->kind + 1) % 3;
	}
	return s;
}
static struct batch B = {recs, 4, x_fill};

static int scenario(void)
{
	for (u32 i = 0; i < 4; i++) {
		recs[i].kind = i % 3;
		recs[i].u.num = 0x01020304 * i;
	}
	return batch_add(&B);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
