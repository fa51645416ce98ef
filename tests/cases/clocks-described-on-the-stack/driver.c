// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_clk {
	struct clk_hw hw;
	u8 shift;
	u32 changes;
};

static struct x_clk osc, pll, div;

static unsigned long x_osc_rate(struct clk_hw *hw, unsigned long parent_rate)
{
	return 24000000 + parent_rate;
}

static unsigned long x_rate(struct clk_hw *hw, unsigned long parent_rate)
{
	struct x_clk *c = container_of(hw, struct x_clk, hw);

	return c == &pll ? parent_rate << c->shift : parent_rate >> c->shift;
}

static long x_round(struct clk_hw *hw, unsigned long rate, unsigned long *parent_rate)
{
	u8 s = 0;

	while (s < 7 && *parent_rate >> s > rate)
		s++;
	*parent_rate += s;
	return *parent_rate >> s;
}

static int x_set(struct clk_hw *hw, unsigned long rate, unsigned long parent_rate)
{
	struct x_clk *c = container_of(hw, struct x_clk, hw);

	for (c->shift = 0; c->shift < 7 && parent_rate >> c->shift > rate; c->shift++)
		;
	c->changes++;
	return c->shift;
}

static const struct clk_ops osc_ops = {.recalc_rate = x_osc_rate};
static const struct clk_ops pll_ops = {.recalc_rate = x_rate};
static const struct clk_ops div_ops = {x_rate, x_round, x_set};

static int x_add(struct x_clk *c, const char *name, const char *parent, const struct clk_ops *ops)
{
	struct clk_init_data init = {.name = name, .ops = ops, .flags = 0x40};
	int status;

	if (parent) {
		init.parent_names = &parent;
		init.num_parents = 1;
	}
	c->hw.init = &init;
	status = clk_register(&c->hw);
	report(c->hw.init == NULL);
	return status;
}

static int x_init(void)
{
	struct clk_onecell *cells = kzalloc(sizeof(*cells) + 3 * sizeof(cells->hws[0]), 0);

	pll.shift = 3;
	div.shift = 2;
	if (x_add(&osc, "osc", NULL, &osc_ops) || x_add(&pll, "pll", "osc", &pll_ops) ||
		x_add(&div, "div", "pll", &div_ops))
		return -22;
	cells->num = 3;
	cells->hws[0] = &osc.hw;
	cells->hws[1] = &pll.hw;
	cells->hws[2] = &div.hw;
	report(clk_get_rate(cells->hws[2]) + cells->hws[1]->core->name[0]);
	return clk_add_provider(clk_onecell_get, cells);
}

module_init(x_init);
