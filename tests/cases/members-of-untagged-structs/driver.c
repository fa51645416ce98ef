// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dv *kept;

static int x_open(struct dv *d)
{
	kept = d;
	return 0;
}

static int x_turn(void)
{
	kept->s.a += 1;
	kept->s.b = 2;
	kept->s.in.deep += 3;
	kept->s.in.port->speed += 4;
	kept->u.word += 5;
	kept->plain += 6;
	kept->at.y += 7;
	return kept->s.b + kept->at.x;
}

static int x_init(void)
{
	report(kreg(x_open, x_turn));
	return 0;
}

module_init(x_init);
