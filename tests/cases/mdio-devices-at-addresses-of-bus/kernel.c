// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct kphydrv *driver;
static struct kphydev *last;

int kphydev_access(struct kphydev *phy, u32 reg, int write)
{
	kernel_only();
	phy->bus->transfers++;
	return phy->bus->access(phy->bus, phy->addr, reg, write);
}

int kphydev_update(struct kphydev *phy)
{
	int control;
	kernel_only();
	if ((phy->id & driver->id_mask) != driver->id)
		return -19;
	last = phy;
	control = driver->read_status(phy);
	return control * 10000 + phy->bus->transfers;
}

int kmdio_register(struct kmdio_bus *bus, const struct kphydrv *drv)
{
	int found = 0;
	kernel_only();
	driver = drv;
	for (u32 addr = 0; addr < 8; addr++) {
		u32 id = bus->mask & 1 << addr ? 0 : bus->access(bus, addr, 0, -1);
		if (!id)
			continue;
		bus->map[addr] = kzalloc(sizeof(struct kphydev), 0);
		*bus->map[addr] = (struct kphydev){bus, addr, id};
		found = found * 10 + addr;
	}
	return found;
}

int later(void)
{
	kernel_only();
	kphydev_access(last, 1, 4);
	kphydev_update(last);
	return last->speed + last->link + last->bus->transfers * 10000;
}
