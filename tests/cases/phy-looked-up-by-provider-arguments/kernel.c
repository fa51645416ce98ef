// SPDX-License-Identifier: MIT
#include <linux/api.h>

static void *provider;
static kxlate_t translate;

struct kphy *kphy_create(int (*power_on)(struct kphy *phy), void *drvdata)
{
	struct kphy *phy = kzalloc(sizeof *phy, 0);
	kernel_only();
	phy->power_on = power_on;
	phy->drvdata = drvdata;
	return phy;
}

void kphy_provider_register(void *p, kxlate_t xlate)
{
	kernel_only();
	provider = p;
	translate = xlate;
}

int kphy_use(u32 index, u32 mode, int count)
{
	struct kphandle_args args = {count, {index, mode}};
	struct kphy *phy = translate(provider, &args);
	int power = 0;
	kernel_only();
	if (KIS_ERR(phy))
		return (long)phy;
	if (!phy->power_count++)
		power = phy->power_on(phy);
	return power * 100 + phy->bus_width;
}

int later(void)
{
	struct kphandle_args args = {2, {1, 7}};
	struct kphy *phy = translate(provider, &args);
	int power;
	kernel_only();
	phy->power_count = 5;
	power = phy->power_on(phy);
	return power * 100 + phy->bus_width;
}
