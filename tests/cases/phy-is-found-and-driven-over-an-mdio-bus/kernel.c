// SPDX-License-Identifier: MIT
#include <linux/api.h>
static const struct phy_driver *registered;
static struct phy_device *connected;

int phy_driver_register(const struct phy_driver *drv)
{
	kernel_only();
	registered = drv;
	return 0;
}

int mdiobus_register(struct mii_bus *bus)
{
	kernel_only();
	int found = 0;
	for (int addr = 0; addr < 8; addr++) {
		u32 id = bus->phy_mask >> addr & 1 ? 0 : bus->read(bus, addr, 2) << 16 | bus->read(bus, addr, 3);
		if ((id ^ registered->phy_id) & registered->phy_id_mask)
			continue;
		bus->mdio_map[addr] = kzalloc(sizeof(struct phy_device), 0);
		*bus->mdio_map[addr] = (struct phy_device){.bus = bus, .addr = addr, .drv = registered};
		found += !registered->probe(bus->mdio_map[addr]);
	}
	return found;
}

int phy_read(struct phy_device *phydev, u32 regnum)
{
	kernel_only();
	return phydev->bus->read(phydev->bus, phydev->addr, regnum);
}

int phy_write(struct phy_device *phydev, u32 regnum, u16 val)
{
	kernel_only();
	return phydev->bus->write(phydev->bus, phydev->addr, regnum, val);
}

int phy_connect(struct net_device *dev, struct phy_device *phydev, void (*handler)(struct net_device *dev))
{
	kernel_only();
	phydev->attached_dev = dev;
	phydev->adjust_link = handler;
	connected = dev->phydev = phydev;
	return 0;
}

int later(void)
{
	for (u32 status = 0x1000; status < 0x10000; status = status * 8 + 2, connected->attached_dev->mtu -= 7) {
		phy_write(connected, 0, status | phy_read(connected, 0));
		report(connected->drv->read_status(connected));
		connected->adjust_link(connected->attached_dev);
	}
	return connected->speed + connected->link;
}
