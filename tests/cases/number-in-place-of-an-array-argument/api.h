// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct piece {
	u32 length;
	u32 seen;
};

struct ops {
	u32 (*take)(struct piece *pieces, u32 count, u32 what);
};

u32 kstart(const struct ops *ops);
