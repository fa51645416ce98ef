// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct range {
	u32 from, to;
};

struct map {
	const struct range *ranges;
	u32 last;
};

int map_register(struct map *m);
