// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct pst {
	u64 packets;
};

struct nd {
	struct pst *st;
};

struct nd *open_nd(void);
void received(struct nd *dev, u32 cpu);
long sum_of(struct nd *dev);
