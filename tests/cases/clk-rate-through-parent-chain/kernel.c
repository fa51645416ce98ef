// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct clk_core osc = {"osc", .rate = 2400};
static struct clk_core *clocks = &osc;

int clk_hw_register(struct clk_hw *hw)
{
	struct clk_core *core = kzalloc(sizeof(*core), 0);
	kernel_only();
	strscpy(core->name, hw->init->name, sizeof(core->name));
	core->ops = hw->init->ops;
	core->hw = hw;
	for (core->parent = clocks; core->parent; core->parent = core->parent->next)
		if (core->parent->name[0] == hw->init->parent_name[0])
			break;
	core->rate = core->ops->recalc_rate(hw, core->parent->rate);
	core->next = clocks;
	clocks = core;
	hw->core = core;
	hw->init = NULL;
	return 0;
}

int clk_set_rate(struct clk_hw *hw, u64 rate)
{
	struct clk_core *core = hw->core, *parent = core->parent;
	u64 parent_rate = parent->rate;
	kernel_only();
	core->ops->set_rate(hw, rate, &parent_rate);
	if (parent_rate != parent->rate)
		clk_set_rate(parent->hw, parent_rate);
	core->rate = core->ops->recalc_rate(hw, parent->rate);
	return core->rate;
}

int later(void)
{
	kernel_only();
	clk_set_rate(clocks->hw, 70);
	return clocks->rate * 10 + clocks->name[3] % 10;
}
