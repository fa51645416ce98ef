// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct kclk_core {
	char name[8];
	const struct kclk_ops *ops;
	struct kclk_hw *hw;
	char parent_names[3][8];
	u32 num_parents, prepared;
	unsigned long rate, flags;
	struct kclk_core *parent, *next;
	struct kclk_nb *notifiers;
};

static struct kclk_core osc = {.name = "osc", .rate = 24}, *cores = &osc;
static struct kclk_hw osc_hw = {&osc};
static struct kclk_hw *(*getter)(struct kspec *spec, void *data);
static void (*exiter)(void *data);
static void *provider;
int strcmp(const char *a, const char *b);

static void copy(char *to, const char *from)
{
	for (int i = 0; i < 7 && from[i]; i++)
		to[i] = from[i];
}

static struct kclk_core *find(const char *name)
{
	for (struct kclk_core *c = cores; c; c = c->next)
		if (!strcmp(c->name, name))
			return c;
	return NULL;
}

static unsigned long recalc(struct kclk_core *c)
{
	if (c == &osc)
		return c->rate;
	if (!c->parent)
		return 0;
	c->rate = recalc(c->parent);
	if (c->ops->recalc)
		c->rate = c->ops->recalc(c->hw, c->rate);
	return c->rate;
}

int kclk_register(struct kclk_hw *hw)
{
	const struct kclk_init *init = hw->init;
	struct kclk_core *c = kzalloc(sizeof(*c), 0);

	kernel_only();
	osc.hw = &osc_hw;
	hw->core = c;
	hw->init = NULL;
	c->hw = hw;
	c->ops = init->ops;
	c->flags = init->flags;
	copy(c->name, init->name);
	c->num_parents = init->num_parents;
	for (u32 i = 0; i < c->num_parents; i++)
		copy(c->parent_names[i],
			init->parent_names ? init->parent_names[i] : init->parent_data[i].name);
	c->next = cores;
	cores = c;
	if (c->ops->init && c->ops->init(hw))
		return -22;
	c->parent = find(c->parent_names[c->ops->get_parent ? c->ops->get_parent(hw) : 0]);
	report(recalc(c));
	return 0;
}

void kclk_unregister(struct kclk_hw *hw)
{
	struct kclk_core **p = &cores;

	kernel_only();
	if (hw->core->ops->terminate)
		hw->core->ops->terminate(hw);
	while (*p != hw->core)
		p = &(*p)->next;
	*p = hw->core->next;
	kfree(hw->core);
	hw->core = NULL;
}

struct kclk_hw *kclk_parent_by_index(struct kclk_hw *hw, u32 index)
{
	struct kclk_core *c = find(hw->core->parent_names[index]);

	kernel_only();
	return c ? c->hw : NULL;
}

unsigned long kclk_rate(struct kclk_hw *hw)
{
	kernel_only();
	return recalc(hw->core);
}

u32 kclk_num_parents(const struct kclk_hw *hw)
{
	kernel_only();
	return hw->core->num_parents;
}

const char *kclk_name(const struct kclk_hw *hw)
{
	kernel_only();
	return hw->core->name;
}

int kclk_notifier(struct kclk_hw *hw, struct kclk_nb *nb)
{
	kernel_only();
	nb->next = hw->core->notifiers;
	hw->core->notifiers = nb;
	return 0;
}

int kprovider_add(struct kclk_hw *(*get)(struct kspec *spec, void *data), void *data)
{
	kernel_only();
	getter = get;
	provider = data;
	return 0;
}

void kprovider_exit(void (*exit)(void *data))
{
	kernel_only();
	exiter = exit;
}

static int notify(struct kclk_core *c, unsigned long action, unsigned long old, unsigned long new)
{
	struct krate_change change = {c, old, new};
	int err = 0;

	for (struct kclk_nb *nb = c->notifiers; nb && !err; nb = nb->next)
		err = nb->call(nb, action, &change);
	return err;
}

static int set_rate(struct kclk_core *c, unsigned long rate)
{
	struct krate_request req = {c, rate, 5, 2000, recalc(c->parent), c->parent->hw};
	int err = c->ops->determine(c->hw, &req);

	report(err);
	if (err)
		return err;
	report(req.rate * 10000 + req.best_parent_rate);
	if (notify(c, 1, c->rate, req.rate))
		return notify(c, 4, c->rate, req.rate) - 1000;
	if (req.best_parent && req.best_parent->core != c->parent)
		for (u32 i = 0; i < c->num_parents; i++)
			if (!strcmp(c->parent_names[i], req.best_parent->core->name)) {
				c->ops->set_parent(c->hw, i);
				c->parent = find(c->parent_names[c->ops->get_parent(c->hw)]);
			}
	if (c->ops->set_rate)
		report(c->ops->set_rate(c->hw, req.rate, req.best_parent_rate));
	notify(c, 2, c->rate, req.rate);
	return recalc(c);
}

int later(void)
{
	static const struct kspec specs[] = {{1, {0}}, {1, {1}}, {1, {2}}, {1, {3}}, {1, {4}}, {2, {0, 1}}};
	static const unsigned long rates[] = {100, 24, 1000, 7, 300};

	for (int i = 0; i < 6; i++) {
		struct kspec spec = specs[i];
		struct kclk_hw *hw = getter(&spec, provider);
		const struct kclk_ops *ops;
		struct kduty duty = {1, 2};

		if (KIS_ERR(hw)) {
			report(KPTR_ERR(hw));
			continue;
		}
		ops = hw->core->ops;
		for (int r = 0; r < 5; r++)
			report(set_rate(hw->core, rates[r]));
		if (i == 1)
			report(set_rate(hw->core, 400));
		if (ops->prepare) {
			report(ops->prepare(hw) + ops->is_enabled(hw) * 10);
			ops->unprepare(hw);
			report(ops->prepare(hw) + ops->is_enabled(hw) * 10);
		}
		if (ops->get_duty) {
			report(ops->get_duty(hw, &duty));
			report(duty.num * 100 + duty.den);
		}
	}
	exiter(provider);
	return cores == &osc;
}
