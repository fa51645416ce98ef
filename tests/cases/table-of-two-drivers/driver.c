// SPDX-License-Identifier: MIT
#include <linux/api.h>

int x_helper(struct phy *p);

static int x_match(struct phy *p)
{
	return phy_read(p, 2) == 0x22;
}

static int x_config(struct phy *p)
{
	p->adv[0] &= ~4ul;
	p->autoneg = 1;
	p->irq = 17;
	phy_write(p, 0, 0x1000);
	return genphy_config(p);
}

static int x_status(struct phy *p)
{
	return x_helper(p);
}
static struct phy_drv D[2] = {{.id = 0x10,
				      .mask = 0xf0,
				      .match = x_match,
				      .config = genphy_config,
				      .status = x_status,
				      .features = {5, 6}},
	{.id = 0x20,
		.mask = 0xf0,
		.match = x_match,
		.config = x_config,
		.status = x_status,
		.features = {7, 8}}};

static int scenario(void)
{
	return phy_drv_register(D, 2);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
