// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct clk clks[3] = {{100, "core"}, {50, "bus", &clks[0]}, {25, "ref", &clks[1]}};

int clk_bulk_get(int n, struct clk **out, const char *const *names)
{
	kernel_only();
	int r = 0;
	for (int i = 0; i < n; i++)
		for (int k = 0; k < 3; k++)
			if (names[i][0] == clks[k].name[0]) {
				out[i] = &clks[k];
				r++;
			}
	return r;
}

int clk_rates(struct clk *c, u64 *rate, u64 *parent_rate, u8 *flags)
{
	kernel_only();
	*rate = c->rate;
	*parent_rate = c->parent ? c->parent->rate : 0;
	*flags = *flags * 2 + 1;
	return c->parent != NULL;
}

int clk_set(struct clk *c, u64 rate)
{
	kernel_only();
	c->rate = rate;
	if (c->parent)
		c->parent->rate = rate * 2;
	return 0;
}

struct clk *clk_parent(struct clk *c)
{
	kernel_only();
	return c->parent;
}
