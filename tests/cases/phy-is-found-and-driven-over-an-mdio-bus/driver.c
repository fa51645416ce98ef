// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct acme_mac {
	struct mii_bus bus;
	struct net_device ndev;
	u16 regs[2][4];
	int changes;
};

struct acme_phy {
	u16 polls, features;
};

static int acme_mdio_read(struct mii_bus *bus, int addr, int regnum)
{
	return ((struct acme_mac *)bus->priv)->regs[addr & 1][regnum & 3];
}

static int acme_mdio_write(struct mii_bus *bus, int addr, int regnum, u16 val)
{
	container_of(bus, struct acme_mac, bus)->regs[addr & 1][regnum & 3] = val;
	return 0;
}

static int acme_phy_probe(struct phy_device *phydev)
{
	struct acme_phy *phy = kzalloc(sizeof(*phy), 0);
	phydev->priv = phy;
	phy->features = phy_read(phydev, 1);
	return phy_write(phydev, 0, phy->features | 0x1000);
}

static int acme_phy_read_status(struct phy_device *phydev)
{
	struct acme_phy *phy = phydev->priv;
	int bmsr = phy_read(phydev, 0);
	phydev->link = bmsr >> 15;
	phydev->speed = bmsr & phy->features ? 1000 : 100;
	return ++phy->polls;
}

static void acme_adjust_link(struct net_device *dev)
{
	struct acme_mac *mac = container_of(dev, struct acme_mac, ndev);
	dev->mtu += dev->phydev->speed * dev->phydev->link;
	report(dev->mtu * 10 + ++mac->changes * (mac->bus.mdio_map[5] == dev->phydev));
}

static const struct phy_driver acme_phy_driver = {0x22000, 0xfff00, acme_phy_probe, acme_phy_read_status};

static int acme_init(void)
{
	struct acme_mac *mac = kzalloc(sizeof(*mac), 0);
	if (!mac || phy_driver_register(&acme_phy_driver))
		return -12;
	*mac = (struct acme_mac){{mac, acme_mdio_read, acme_mdio_write, 0xcf, {NULL}}, .ndev.mtu = 1500,
				 .regs = {{0, 0x101, 7, 0x20ab}, {0, 0x202, 2, 0x20cd}}};
	if (mdiobus_register(&mac->bus) == 1 && mac->bus.mdio_map[5])
		return phy_connect(&mac->ndev, mac->bus.mdio_map[5], acme_adjust_link);
	kfree(mac);
	return -19;
}

module_init(acme_init);
