// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_lane {
	struct kphy *phy;
	u32 mode, state;
};

static struct kphy *x_xlate(void *provider, const struct kphandle_args *args)
{
	struct x_lane *lanes = provider;
	if (args->count != 2 || args->args[0] > 1)
		return KERR(-19);
	lanes[args->args[0]].mode = args->args[1];
	return lanes[args->args[0]].phy;
}

static int x_power_on(struct kphy *phy)
{
	struct x_lane *lane = phy->drvdata;
	phy->bus_width = lane->mode * 8;
	lane->state = lane->mode * 10 + phy->power_count;
	return lane->state;
}

static int x_init(void)
{
	struct x_lane *lanes = kzalloc(2 * sizeof *lanes, 0);
	for (int i = 0; i < 2; i++)
		lanes[i].phy = kphy_create(x_power_on, &lanes[i]);
	kphy_provider_register(lanes, x_xlate);
	report(kphy_use(1, 3, 2));
	report(kphy_use(0, 2, 2));
	report(kphy_use(1, 4, 2));
	report(kphy_use(1, 6, 1));
	report(kphy_use(2, 1, 2));
	report(lanes[0].state * 100 + lanes[1].mode * 10 + lanes[1].phy->power_count);
	return 0;
}

module_init(x_init);
