// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct phy;

struct phy_drv {
	u32 id, mask;
	int (*match)(struct phy *);
	int (*config)(struct phy *);
	int (*status)(struct phy *);
	u64 features[2];
};

struct phy {
	struct phy_drv *drv;
	int speed, duplex;
	u64 adv[2], sup[2];
	u32 link : 1, autoneg : 1, irq : 5;
	int state;
	void *priv;

	struct {
		u32 up, down;
	} st;
};

int phy_drv_register(struct phy_drv *d, int n);
int phy_read(struct phy *p, int reg);
int phy_write(struct phy *p, int reg, int v);
int genphy_config(struct phy *p);
