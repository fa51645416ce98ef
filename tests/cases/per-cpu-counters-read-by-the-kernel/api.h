// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct pst {
	u64 packets;
	u64 bytes;
};

struct nd {
	struct pst *st;
	int (*xmit)(struct nd *dev, u32 cpu, u32 len);
};

int register_nd(struct nd *dev);
