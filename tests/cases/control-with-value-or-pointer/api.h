// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum { CTRL_INTEGER = 1, CTRL_INTEGER64, CTRL_TABLE };

struct table {
	u32 entries[4];
};

struct ctrl {
	u32 id;
	int type;

	union {
		int value;
		u64 value64;
		struct table *table;
	};
};

struct ctrl_ops {
	int (*set)(struct ctrl *c);
};

int kctrl(const struct ctrl_ops *ops);
