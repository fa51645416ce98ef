// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>
void note(long value);

struct pkt {
	u32 len;
	struct ndev *dev;
	u8 *data;
};

struct ndev {
	const struct nops *ops;
	u32 rx, tx, up;
	char name[8];
	void *priv;
};

struct nops {
	int (*xmit)(struct pkt *p, struct ndev *d);
	int (*open)(struct ndev *d);
	int (*stop)(struct ndev *d);
};
struct ndev *ndev_alloc(const char *name);
int ndev_register(struct ndev *d);
int netif_rx(struct pkt *p);
void pkt_free(struct pkt *p);
