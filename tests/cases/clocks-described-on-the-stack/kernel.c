// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct clk_core *clks;
static struct clk_hw *(*provider)(u32 index, void *data);
static void *provided;

int clk_register(struct clk_hw *hw)
{
	const struct clk_init_data *init = hw->init;
	struct clk_core *core = kzalloc(sizeof(*core), 0);

	kernel_only();
	hw->init = NULL;
	memcpy(core->name, init->name, strlen(init->name) + 1);
	core->ops = init->ops;
	core->hw = hw;
	hw->core = core;
	for (int i = 0; i < init->num_parents; i++)
		for (struct clk_core *c = clks; c; c = c->next)
			if (!strcmp(c->name, init->parent_names[i]))
				core->parent = c;
	if (init->num_parents && !core->parent)
		return -2;
	core->rate = core->ops->recalc_rate(hw, core->parent ? core->parent->rate : 0);
	core->next = clks;
	clks = core;
	report(core->rate + init->flags);
	return 0;
}

unsigned long clk_get_rate(const struct clk_hw *hw)
{
	kernel_only();
	return hw->core->rate;
}

struct clk_hw *clk_onecell_get(u32 index, void *data)
{
	struct clk_onecell *cells = data;

	kernel_only();
	return index < cells->num ? cells->hws[index] : NULL;
}

int clk_add_provider(struct clk_hw *(*get)(u32 index, void *data), void *data)
{
	kernel_only();
	provider = get;
	provided = data;
	return 0;
}

int later(void)
{
	struct clk_hw *hw;
	unsigned long parent;

	for (u32 i = 0; (hw = provider(i, provided)); i++) {
		struct clk_core *core = hw->core;

		report(core->name[1] + core->rate);
		if (!core->ops->round_rate)
			continue;
		parent = core->parent->rate;
		report(core->ops->round_rate(hw, 7000000, &parent));
		report(parent);
		report(core->ops->set_rate(hw, 7000000, core->parent->rate));
		core->rate = core->ops->recalc_rate(hw, core->parent->rate);
		report(clk_get_rate(hw));
	}
	return 0;
}
