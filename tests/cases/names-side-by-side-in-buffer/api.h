// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct ndev;
struct info;

struct eops {
	int (*count)(struct ndev *d, int set);
	void (*strings)(struct ndev *d, u32 set, u8 *data);
	void (*stats)(struct ndev *d, u64 *data);
	void (*drvinfo)(struct ndev *d, struct info *i);
};

struct info {
	char driver[16];
	char version[16];
	u32 n;
};

struct ndev {
	const struct eops *ops;
	void *priv;
	u32 flags;
};

int nd_register(struct ndev *d);
