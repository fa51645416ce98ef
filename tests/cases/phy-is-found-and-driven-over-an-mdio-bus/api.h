// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>
struct mii_bus {
	void *priv;
	int (*read)(struct mii_bus *bus, int addr, int regnum);
	int (*write)(struct mii_bus *bus, int addr, int regnum, u16 val);
	u32 phy_mask;
	struct phy_device *mdio_map[8];
};

struct net_device {
	struct phy_device *phydev;
	u32 mtu;
};

struct phy_device {
	struct mii_bus *bus;
	int addr, speed, link;
	const struct phy_driver *drv;
	void *priv;
	struct net_device *attached_dev;
	void (*adjust_link)(struct net_device *dev);
};

struct phy_driver {
	u32 phy_id, phy_id_mask;
	int (*probe)(struct phy_device *phydev);
	int (*read_status)(struct phy_device *phydev);
};

int phy_driver_register(const struct phy_driver *drv);
int mdiobus_register(struct mii_bus *bus);
int phy_read(struct phy_device *phydev, u32 regnum);
int phy_write(struct phy_device *phydev, u32 regnum, u16 val);
int phy_connect(struct net_device *dev, struct phy_device *phydev, void (*handler)(struct net_device *dev));
