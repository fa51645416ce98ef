// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct pst {
	u64 drops;
	u32 last;
};

struct nd {
	struct pst *st;
	long (*get_stats)(struct nd *dev);
};

int register_nd(struct nd *dev);
void drop(struct nd *dev, u32 cpu, u32 why);
