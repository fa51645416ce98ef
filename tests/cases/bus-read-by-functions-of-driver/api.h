// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct phy;
struct ndev;

struct mii {
	char id[16];
	void *priv;
	int (*read)(struct mii *b, int a, int r);
	int (*write)(struct mii *b, int a, int r, u16 v);
	u32 mask;
	int irq[8];
	struct phy *phys[8];
};

struct phy {
	struct mii *bus;
	int addr;
	u32 link, speed;
	void (*adjust)(struct ndev *n);
	struct ndev *attached;
};

struct ndev {
	struct phy *phydev;
	void *priv;
	u32 carrier;
};
struct mii *mii_alloc(void);
int mii_register(struct mii *b);
struct phy *phy_connect(struct ndev *n, struct mii *b, int addr, void (*adjust)(struct ndev *));
void phy_start(struct phy *p);
