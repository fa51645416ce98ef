// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kphydev {
	struct kmdio_bus *bus;
	u32 addr, id, speed, link;
};

struct kmdio_bus {
	int (*access)(struct kmdio_bus *bus, u32 addr, u32 reg, int write);
	u32 mask, transfers;
	struct kphydev *map[8];
};

struct kphydrv {
	u32 id, id_mask;
	int (*read_status)(struct kphydev *phy);
};

int kmdio_register(struct kmdio_bus *bus, const struct kphydrv *drv);
int kphydev_access(struct kphydev *phy, u32 reg, int write);
int kphydev_update(struct kphydev *phy);
extern const struct kphydrv x_phydrv;
