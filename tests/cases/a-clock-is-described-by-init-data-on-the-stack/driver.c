// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct clk_div_table {
	unsigned val;
	unsigned div;
};

struct fixed_clk {
	struct clk_hw hw;
	unsigned long rate;
};

struct soc_clk {
	struct clk_hw hw;
	u32 *reg;
	u8 shift;
	u32 mask;
	const struct clk_div_table *table;
	spinlock_t *lock;
};

static u32 cru[2];
static spinlock_t cru_lock;
static struct fixed_clk osc = {.rate = 24000000}, pll = {.rate = 600000000};
static const struct clk_div_table uart_divs[] = {{0, 1}, {1, 2}, {2, 6}, {5, 25}, {0, 0}};
static struct soc_clk uart_mux = {.reg = &cru[0], .shift = 4, .mask = 1, .lock = &cru_lock};
static struct soc_clk uart_div = {
	.reg = &cru[1], .shift = 8, .mask = 7, .table = uart_divs, .lock = &cru_lock};

static unsigned long fixed_recalc(struct clk_hw *hw, unsigned long parent_rate)
{
	return container_of(hw, struct fixed_clk, hw)->rate;
}

static u8 mux_get_parent(struct clk_hw *hw)
{
	struct soc_clk *clk = container_of(hw, struct soc_clk, hw);

	return *clk->reg >> clk->shift & clk->mask;
}

static int soc_write(struct soc_clk *clk, u32 value)
{
	spin_lock(clk->lock);
	*clk->reg = (*clk->reg & ~(clk->mask << clk->shift)) | value << clk->shift;
	spin_unlock(clk->lock);
	return 0;
}

static int mux_set_parent(struct clk_hw *hw, u8 index)
{
	return soc_write(container_of(hw, struct soc_clk, hw), index);
}

static unsigned long div_recalc(struct clk_hw *hw, unsigned long parent_rate)
{
	struct soc_clk *clk = container_of(hw, struct soc_clk, hw);
	u32 val = *clk->reg >> clk->shift & clk->mask;

	for (const struct clk_div_table *entry = clk->table; entry->div; entry++)
		if (entry->val == val)
			return parent_rate / entry->div;
	return 0;
}

static int div_determine(struct clk_hw *hw, struct clk_rate_request *req)
{
	struct soc_clk *clk = container_of(hw, struct soc_clk, hw);
	unsigned long parent = clk_hw_get_rate(req->best_parent_hw), best = 0;

	for (const struct clk_div_table *entry = clk->table; entry->div; entry++)
		if (parent / entry->div <= req->rate && parent / entry->div > best)
			best = parent / entry->div;
	if (best < req->min_rate)
		return -22;
	req->rate = best;
	req->best_parent_rate = parent;
	return 0;
}

static int div_set_rate(struct clk_hw *hw, unsigned long rate, unsigned long parent_rate)
{
	struct soc_clk *clk = container_of(hw, struct soc_clk, hw);

	for (const struct clk_div_table *entry = clk->table; entry->div; entry++)
		if (entry->div == parent_rate / rate)
			return soc_write(clk, entry->val);
	return -22;
}

static const struct clk_ops fixed_ops = {.recalc_rate = fixed_recalc};
static const struct clk_ops mux_ops = {.get_parent = mux_get_parent, .set_parent = mux_set_parent};
static const struct clk_ops div_ops = {
	.recalc_rate = div_recalc, .determine_rate = div_determine, .set_rate = div_set_rate};

static int soc_register(struct clk_hw *hw, const char *name, const struct clk_ops *ops,
	const char *const *parents, int num_parents)
{
	struct clk_init_data init = {
		.name = name, .ops = ops, .parent_names = parents, .num_parents = num_parents};
	int ret;

	hw->init = &init;
	ret = clk_hw_register(hw);
	report(hw->init == NULL);
	return ret;
}

static int soc_init(void)
{
	static const char *const mux_parents[] = {"osc24m", "pll"};
	const char *div_parent = "uart_mux";

	soc_register(&osc.hw, "osc24m", &fixed_ops, NULL, 0);
	soc_register(&pll.hw, "pll", &fixed_ops, NULL, 0);
	cru[0] = 1 << 4;
	cru[1] = 2 << 8;
	soc_register(&uart_mux.hw, "uart_mux", &mux_ops, mux_parents, 2);
	report(soc_register(&uart_div.hw, "uart_div", &div_ops, &div_parent, 1));
	report(clk_hw_get_rate(&uart_div.hw));
	report(clk_hw_get_parent_by_index(&uart_mux.hw, 0) == &osc.hw);
	return 0;
}

module_init(soc_init);
