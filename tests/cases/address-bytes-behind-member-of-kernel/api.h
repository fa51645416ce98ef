// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct ndev {
	unsigned char *addr;
	u32 len;
	const struct nops *ops;
};

struct nops {
	int (*open)(struct ndev *d);
	int (*check)(struct ndev *d, u32 i);
};

int ndev_add(const struct nops *o);
