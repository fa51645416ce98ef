// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum { LINE_LEVEL = 1, LINE_STATUS, LINE_BREAK };

struct line_status {
	u32 level, breaks;
};

struct line {
	int (*set)(struct line *l, int what, void *data);
	u32 level, breaks;
};

void line_add(struct line *l);
int line_tell(struct line *l, int what, void *data);
