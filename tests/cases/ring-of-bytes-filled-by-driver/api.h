// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct ring {
	u8 *buf;
	u32 head, tail;
};

struct line {
	struct ring rx;
	u32 lost;
	int (*receive)(struct line *l, u32 n);
};

int line_add(struct line *l);
