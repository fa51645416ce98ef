// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct resource {
	u32 start, end;
};

struct cell {
	const struct resource *resources;
	u32 count;
};

int cell_add(const struct cell *c);
