// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct div {
	struct hw hw;
	u32 reg, shift;
};

static u64 recalc(struct hw *h, u64 parent)
{
	struct div *d = container_of(h, struct div, hw);
	return parent / (1 + ((d->reg >> d->shift) & 15));
}

static int set(struct hw *h, u64 rate, u64 parent)
{
	struct div *d = container_of(h, struct div, hw);
	d->reg &= ~(15u << d->shift);
	d->reg |= (u32)(parent / rate - 1) << d->shift;
	return 0;
}
static const struct cops ops = {recalc, set};

static int add(const char *name, const char *parent, u32 reg, u32 shift)
{
	struct div *d = kzalloc(sizeof(*d), 0);
	const char *parents[1] = {parent};
	struct init i = {name, &ops, parents, 1, 5};
	d->hw.init = &i;
	d->reg = reg;
	d->shift = shift;
	return clk_register(&d->hw);
}

static int x_init(void)
{
	report(add("pll", "xtal", 0x30, 4));
	report(add("uart", "pll", 0x700, 8));
	return 0;
}

module_init(x_init);
