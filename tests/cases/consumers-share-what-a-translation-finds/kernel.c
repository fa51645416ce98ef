// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct phy *(*of_xlate)(void *data, struct phy_args *args);
static void *provider;
static int next_id = 7;

struct phy *kphy_create(const struct phy_ops *ops)
{
	struct phy *phy = kzalloc(sizeof(*phy), 0);

	kernel_only();
	phy->id = next_id++;
	phy->ops = ops;
	phy->mode = -1;
	return phy;
}

int kphy_provider(void *data, struct phy *(*xlate)(void *data, struct phy_args *args))
{
	kernel_only();
	provider = data;
	of_xlate = xlate;
	return 0;
}

static struct phy *get(u32 count, u32 lane, u32 type)
{
	struct phy_args args = {count, {lane, type}};
	struct phy *phy = of_xlate(provider, &args);

	if (phy && phy->init_count++ == 0) {
		phy->ops->init(phy);
		report(phy->bus_width * 10 + phy->id);
	}
	return phy;
}

static int on(struct phy *phy)
{
	int err = 0;

	if (phy->power_count == 0)
		err = phy->ops->power_on(phy);
	if (!err)
		phy->power_count++;
	return err;
}

static int off(struct phy *phy)
{
	if (phy->power_count == 1)
		phy->ops->power_off(phy);
	return --phy->power_count;
}

int later(void)
{
	struct phy *a = get(2, 0, 1), *b = get(2, 0, 3), *c = get(2, 2, 4), *d = get(2, 1, 7);
	union phy_opts opts = {.dp = {540, 3, {1, 2, 3, 0}, 1, 1}};

	report(a == b);
	report(a != c);
	report(get(1, 0, 0) == NULL);
	report(get(2, 3, 0) == NULL);
	report(on(a));
	report(on(b));
	report(on(d));
	report(a->ops->set_mode(a, 2, 9));
	report(a->ops->set_mode(a, 3, 9));
	report(a->mode);
	report(a->ops->configure(a, &opts));
	report(opts.dp.voltage[0] * 10 + opts.dp.voltage[1]);
	report(c->ops->set_mode(c, 5, 1));
	opts.mipi.clk = 123456;
	opts.mipi.lanes = 4;
	report(on(c));
	report(c->ops->configure(c, &opts));
	report(opts.mipi.clk);
	report(off(a));
	report(off(b));
	report(off(c));
	return a->power_count + d->power_count;
}
