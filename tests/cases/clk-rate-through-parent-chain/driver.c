// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_div {
	u32 div;
	struct clk_hw hw;
};

static u64 x_recalc(struct clk_hw *hw, u64 parent_rate)
{
	return parent_rate / container_of(hw, struct x_div, hw)->div;
}

static int x_set(struct clk_hw *hw, u64 rate, u64 *parent_rate)
{
	struct x_div *x = container_of(hw, struct x_div, hw);
	if (rate * 16 < *parent_rate)
		*parent_rate /= 2;
	x->div = *parent_rate / rate;
	return 0;
}

static const struct clk_ops x_ops = {x_recalc, x_set};

static struct x_div *x_register(const char *name, const char *parent, u32 div)
{
	struct clk_init_data init = {name, &x_ops, parent};
	struct x_div *x = kzalloc(sizeof *x, 0);
	x->div = div;
	x->hw.init = &init;
	clk_hw_register(&x->hw);
	return x;
}

static int x_init(void)
{
	struct x_div *bus = x_register("bus", "osc", 4);
	struct x_div *uart = x_register("uart", "bus", 3);
	report(uart->hw.core->rate);
	report(clk_set_rate(&uart->hw, 10));
	report(bus->div * 100 + uart->div * 1000 + (uart->hw.init == NULL) + bus->hw.core->rate);
	return 0;
}
module_init(x_init);
