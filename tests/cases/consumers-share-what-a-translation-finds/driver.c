// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct lane {
	struct phy *phy;
	u32 index, type, reg, swings;
};

struct combo {
	u32 nlanes, clock_users;
	struct lane *lanes[3];
};

static struct combo *combo_of(struct lane *lane);

static struct combo *the_combo;

static struct combo *combo_of(struct lane *lane)
{
	return lane->index < 8 ? the_combo : NULL;
}

static int lane_init(struct phy *phy)
{
	struct lane *lane = phy->data;

	lane->reg = 0x100 * (lane->index + 1);
	phy->bus_width = 8 << lane->index;
	return 0;
}

static int lane_on(struct phy *phy)
{
	struct lane *lane = phy->data;
	struct combo *combo = combo_of(lane);

	if (combo->clock_users++ == 0)
		report(-100);
	lane->reg |= 1;
	report(lane->reg);
	return lane->type == 7 ? -19 : 0;
}

static int lane_off(struct phy *phy)
{
	struct lane *lane = phy->data;

	lane->reg &= ~1u;
	if (--combo_of(lane)->clock_users == 0)
		report(-200);
	return 0;
}

static int lane_mode(struct phy *phy, int mode, int submode)
{
	struct lane *lane = phy->data;

	if (mode != 2 && mode != 5)
		return -22;
	lane->type = submode;
	phy->mode = mode;
	return 0;
}

static int lane_configure(struct phy *phy, union phy_opts *opts)
{
	struct lane *lane = phy->data;

	if (phy->mode == 5) {
		lane->reg += opts->mipi.clk / 1000 + opts->mipi.lanes;
		opts->mipi.clk = opts->mipi.clk / 1000 * 1000;
		return 0;
	}
	if (opts->dp.set_rate)
		lane->reg += opts->dp.rate;
	if (opts->dp.set_lanes)
		for (u32 i = 0; i < opts->dp.lanes && i < 4; i++)
			lane->swings = lane->swings * 4 + opts->dp.voltage[i];
	opts->dp.voltage[0] = 3;
	report(lane->swings);
	return 0;
}

static const struct phy_ops lane_ops = {lane_init, lane_on, lane_off, lane_mode, lane_configure};

static struct phy *translate(void *data, struct phy_args *args)
{
	struct combo *combo = data;

	if (args->count != 2 || args->args[0] >= combo->nlanes)
		return NULL;
	combo->lanes[args->args[0]]->type = args->args[1];
	return combo->lanes[args->args[0]]->phy;
}

static int x_init(void)
{
	struct combo *combo = kzalloc(sizeof(*combo), 0);

	the_combo = combo;
	for (u32 i = 0; i < 3; i++) {
		struct lane *lane = kzalloc(sizeof(*lane), 0);

		lane->index = i;
		lane->phy = kphy_create(&lane_ops);
		lane->phy->data = lane;
		combo->lanes[combo->nlanes++] = lane;
		report(lane->phy->id);
	}
	return kphy_provider(combo, translate);
}

module_init(x_init);
