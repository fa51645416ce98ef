// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const char *const names[] = {"core", "bus", "ref"};

static int scenario(void)
{
	struct clk *c[3];
	u64 r, pr;
	u8 f = 3;
	int s = 0;
	report(clk_bulk_get(3, c, names));
	for (int i = 0; i < 3; i++) {
		s = s * 3 + clk_rates(c[i], &r, &pr, &f);
		report(r);
		report(pr);
		report(f);
	}
	clk_set(c[1], c[0]->rate + 5);
	report(c[1]->rate);
	report(clk_parent(c[1]) == c[0]);
	report(c[2]->parent == NULL);
	return s;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
