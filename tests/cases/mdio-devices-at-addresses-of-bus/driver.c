// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_mac {
	u16 regs[8][4];
	struct kmdio_bus bus;
};

static int x_access(struct kmdio_bus *bus, u32 addr, u32 reg, int write)
{
	struct x_mac *mac = container_of(bus, struct x_mac, bus);
	if (write >= 0)
		mac->regs[addr][reg] = write | bus->map[addr]->link;
	return mac->regs[addr][reg];
}

static int x_init(void)
{
	struct x_mac *mac = kzalloc(sizeof *mac, 0);
	mac->regs[1][0] = 0x141;
	mac->regs[4][0] = 0x142;
	mac->regs[6][0] = 0x151;
	mac->bus.access = x_access;
	mac->bus.mask = 1 << 1;
	report(kmdio_register(&mac->bus, &x_phydrv));
	mac->regs[4][1] = 12;
	report(kphydev_update(mac->bus.map[4]));
	report(mac->bus.map[4]->speed * 10 + mac->regs[4][2] * 100000 + (mac->bus.map[1] == NULL));
	report(kphydev_update(mac->bus.map[6]));
	return 0;
}

module_init(x_init);
