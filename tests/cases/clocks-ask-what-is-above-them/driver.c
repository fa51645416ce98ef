// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_regs {
	u32 words[8];
};

struct x_div {
	struct kclk_hw hw;
	struct x_regs *regs;
	u8 reg, shift, width;
	const struct kdiv_table *table;
	u32 flags;
};

struct x_mux {
	u32 reg;
	const u32 *values;
	struct kclk_hw hw;
	struct x_regs *regs;
	struct kclk_nb nb;
	u32 changes;
};

struct x_pll {
	struct kclk_hw hw;
	struct x_regs *regs;
	u32 mult, locks;
};

struct x_provider {
	struct x_regs regs;
	spinlock_t lock;
	struct x_pll pll;
	struct x_mux mux;
	struct x_div *divs;
	u32 ndivs;
	struct konecell *data;
};

#define to_pll(h) container_of(h, struct x_pll, hw)
#define to_mux(h) container_of(h, struct x_mux, hw)
#define to_div(h) container_of(h, struct x_div, hw)

static int pll_prepare(struct kclk_hw *hw)
{
	struct x_pll *p = to_pll(hw);

	p->regs->words[0] |= 1u << 31;
	return ++p->locks > 1 ? -110 : 0;
}

static void pll_unprepare(struct kclk_hw *hw)
{
	to_pll(hw)->regs->words[0] &= ~(1u << 31);
}

static int pll_enabled(struct kclk_hw *hw)
{
	return to_pll(hw)->regs->words[0] >> 31;
}

static unsigned long pll_recalc(struct kclk_hw *hw, unsigned long parent)
{
	return parent * to_pll(hw)->mult;
}

static int pll_determine(struct kclk_hw *hw, struct krate_request *req)
{
	unsigned long m = req->rate / req->best_parent_rate;

	if (!m || m > 64)
		return -22;
	req->rate = m * req->best_parent_rate;
	return 0;
}

static int pll_set_rate(struct kclk_hw *hw, unsigned long rate, unsigned long parent)
{
	to_pll(hw)->mult = rate / parent;
	to_pll(hw)->regs->words[1] = to_pll(hw)->mult;
	return 0;
}

static int mux_set_parent(struct kclk_hw *hw, u8 index)
{
	struct x_mux *m = to_mux(hw);

	m->regs->words[m->reg] = m->values[index];
	return 0;
}

static u8 mux_get_parent(struct kclk_hw *hw)
{
	struct x_mux *m = to_mux(hw);

	for (u32 i = 0; i < kclk_num_parents(hw); i++)
		if (m->values[i] == m->regs->words[m->reg])
			return i;
	return 0;
}

static int mux_determine(struct kclk_hw *hw, struct krate_request *req)
{
	unsigned long best = 0;

	for (u32 i = 0; i < kclk_num_parents(hw); i++) {
		struct kclk_hw *parent = kclk_parent_by_index(hw, i);
		unsigned long rate;

		if (!parent)
			continue;
		rate = kclk_rate(parent);
		if (rate <= req->rate && rate > best) {
			best = rate;
			req->best_parent = parent;
			req->best_parent_rate = rate;
		}
	}
	req->rate = best;
	return best < req->min_rate ? -34 : 0;
}

static int mux_notify(struct kclk_nb *nb, unsigned long action, void *data)
{
	struct x_mux *m = container_of(nb, struct x_mux, nb);
	struct krate_change *c = data;

	m->changes += action;
	report(action * 1000000 + c->old * 1000 + c->new);
	return c->new > 900;
}

static u32 div_of(const struct x_div *d)
{
	u32 val = d->regs->words[d->reg] >> d->shift & ((1 << d->width) - 1);

	for (const struct kdiv_table *t = d->table; t && t->div; t++)
		if (t->val == val)
			return t->div;
	return d->table ? 0 : val + 1;
}

static unsigned long div_recalc(struct kclk_hw *hw, unsigned long parent)
{
	u32 div = div_of(to_div(hw));

	return div ? parent / div : 0;
}

static int div_determine(struct kclk_hw *hw, struct krate_request *req)
{
	struct x_div *d = to_div(hw);
	unsigned long best = 0;

	for (u32 v = 0; v < 1u << d->width; v++) {
		u32 div = v + 1;

		if (d->table && !d->table[v].div)
			break;
		if (d->table)
			div = d->table[v].div;
		if (req->best_parent_rate / div <= req->rate && req->best_parent_rate / div > best)
			best = req->best_parent_rate / div;
	}
	req->rate = best;
	return best ? 0 : -22;
}

static int div_set_rate(struct kclk_hw *hw, unsigned long rate, unsigned long parent)
{
	struct x_div *d = to_div(hw);
	u32 val = parent / rate - 1;

	for (const struct kdiv_table *t = d->table; t && t->div; t++)
		if (t->div == parent / rate)
			val = t->val;
	d->regs->words[d->reg] &= ~(((1 << d->width) - 1) << d->shift);
	d->regs->words[d->reg] |= val << d->shift;
	return val;
}

static int div_duty(struct kclk_hw *hw, struct kduty *duty)
{
	struct x_div *d = to_div(hw);

	if (!(d->flags & 1))
		return -22;
	duty->den = div_of(d);
	duty->num = (duty->den + duty->num) / 2;
	return 0;
}

static int div_init(struct kclk_hw *hw)
{
	to_div(hw)->flags |= kclk_name(hw)[3] == '1' ? 1 : 2;
	return 0;
}

static void div_terminate(struct kclk_hw *hw)
{
	report(to_div(hw)->flags * 100 + div_of(to_div(hw)));
}

static const struct kclk_ops pll_ops = {pll_prepare, pll_unprepare, pll_enabled, pll_recalc,
	pll_determine, pll_set_rate};
static const struct kclk_ops mux_ops = {.determine = mux_determine, .set_parent = mux_set_parent,
	.get_parent = mux_get_parent};
static const struct kclk_ops div_ops = {.recalc = div_recalc, .determine = div_determine,
	.set_rate = div_set_rate, .get_duty = div_duty, .init = div_init, .terminate = div_terminate};

static const char *const osc[] = {"osc"}, *const mux_name[] = {"mux"};
static const struct kparent_data mux_parents[] = {{"osc", 0}, {"pll", 1}, {"missing", 2}};
static const u32 mux_values[] = {4, 2, 1};
static const struct kdiv_table table[] = {{0, 2}, {1, 4}, {2, 8}, {}};

static struct kclk_hw *get(struct kspec *spec, void *data)
{
	struct konecell *cell = data;

	if (spec->args_count != 1)
		return KERR_PTR(-22);
	if (spec->args[0] >= cell->num)
		return KERR_PTR(-2);
	return cell->hws[spec->args[0]];
}

static void x_exit(void *data)
{
	struct konecell *cell = data;
	struct x_provider *p = container_of(cell->hws[1], struct x_provider, mux.hw);
	long sum = 0;

	for (u32 i = cell->num; i--;)
		kclk_unregister(cell->hws[i]);
	for (int i = 0; i < 8; i++)
		sum = (sum * 31 + p->regs.words[i]) % 1000003;
	report(sum);
	report(p->mux.changes * 10 + p->pll.locks);
	kfree(p->divs);
	kfree(p);
	kfree(cell);
}

static int x_init(void)
{
	struct x_provider *p = kzalloc(sizeof(*p), 0);
	struct konecell *cell = kzalloc(sizeof(*cell) + 4 * sizeof(cell->hws[0]), 0);
	struct kclk_init init = {"pll", &pll_ops, osc, NULL, 1};
	int err;

	p->data = cell;
	p->ndivs = 2;
	p->divs = kzalloc(p->ndivs * sizeof(p->divs[0]), 0);
	p->pll.regs = p->mux.regs = &p->regs;
	p->pll.mult = 8;
	p->pll.hw.init = &init;
	err = kclk_register(&p->pll.hw);
	cell->hws[cell->num++] = &p->pll.hw;
	init = (struct kclk_init){"mux", &mux_ops, NULL, mux_parents, 3, 2};
	p->mux.reg = 3;
	p->mux.values = mux_values;
	p->mux.nb.call = mux_notify;
	p->mux.hw.init = &init;
	p->regs.words[3] = 4;
	err += kclk_register(&p->mux.hw);
	cell->hws[cell->num++] = &p->mux.hw;
	for (u32 i = 0; i < p->ndivs; i++) {
		char name[] = "div0";

		name[3] += i;
		init = (struct kclk_init){name, &div_ops, mux_name, NULL, 1, 1 << i};
		p->divs[i] = (struct x_div){{NULL, &init}, &p->regs, 5, 4 * i, 3, i ? table : NULL};
		err += kclk_register(&p->divs[i].hw);
		report(p->divs[i].hw.init == NULL);
		cell->hws[cell->num++] = &p->divs[i].hw;
	}
	err += kclk_notifier(&p->pll.hw, &p->mux.nb);
	report(kclk_rate(&p->divs[1].hw) * 10 + kclk_name(&p->divs[1].hw)[3]);
	kprovider_exit(x_exit);
	return err ? err : kprovider_add(get, cell);
}

module_init(x_init);
