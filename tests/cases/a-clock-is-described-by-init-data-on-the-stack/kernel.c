// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct clk_core {
	const char *name;
	const struct clk_ops *ops;
	struct clk_hw *hw;
	struct clk_core *parents[4];
	u8 num_parents;
	u8 parent;
	struct clk_core *next;
};

static struct clk_core *clocks;

static struct clk_core *clk_lookup(const char *name)
{
	struct clk_core *core;

	for (core = clocks; core && strcmp(core->name, name);)
		core = core->next;
	return core;
}

static unsigned long clk_core_rate(struct clk_core *core)
{
	unsigned long parent = core->num_parents ? clk_core_rate(core->parents[core->parent]) : 0;

	return core->ops->recalc_rate ? core->ops->recalc_rate(core->hw, parent) : parent;
}

int clk_hw_register(struct clk_hw *hw)
{
	const struct clk_init_data *init = hw->init;
	struct clk_core *core = kzalloc(sizeof(*core), 0);

	kernel_only();
	hw->init = NULL;
	core->name = init->name;
	core->ops = init->ops;
	core->hw = hw;
	core->num_parents = init->num_parents;
	for (int i = 0; i < init->num_parents; i++)
		core->parents[i] = clk_lookup(init->parent_names[i]);
	hw->core = core;
	if (core->ops->get_parent)
		core->parent = core->ops->get_parent(hw);
	core->next = clocks;
	clocks = core;
	return 0;
}

unsigned long clk_hw_get_rate(const struct clk_hw *hw)
{
	kernel_only();
	return clk_core_rate(hw->core);
}

struct clk_hw *clk_hw_get_parent_by_index(const struct clk_hw *hw, unsigned index)
{
	kernel_only();
	return index < hw->core->num_parents ? hw->core->parents[index]->hw : NULL;
}

int later(void)
{
	struct clk_core *mux = clk_lookup("uart_mux"), *div = clk_lookup("uart_div");
	struct clk_rate_request req = {.rate = 5000000, .best_parent_hw = mux->hw};

	report(mux->ops->set_parent(mux->hw, 0));
	mux->parent = mux->ops->get_parent(mux->hw);
	report(mux->parent);
	report(div->ops->determine_rate(div->hw, &req));
	report(req.rate);
	report(req.best_parent_rate);
	report(div->ops->set_rate(div->hw, req.rate, req.best_parent_rate));
	report(clk_core_rate(div));
	req.min_rate = 4500000;
	return div->ops->determine_rate(div->hw, &req);
}
