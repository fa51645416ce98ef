// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct part {
	u32 id;
};

struct whole {
	u32 weight;
	struct part part;
	int (*weigh)(struct whole *, int);
};

struct box {
	u32 count;
	struct part *parts[4];
};

int box_add(struct box *b);
