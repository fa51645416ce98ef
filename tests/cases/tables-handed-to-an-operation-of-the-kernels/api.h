// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct hub;

struct line {
	u32 number;
	u32 uses;
};

struct hub_ops {
	long (*mix)(struct hub *hub, const u32 *levels, u32 n);
	int (*label)(struct hub *hub, const char *const *labels, u32 n, u8 *lengths);
	int (*lines)(struct hub *hub, struct line **lines, u32 first, u32 n);
	int (*find)(struct hub *hub, const char *label);
};

struct hub {
	const struct hub_ops *ops;
	u32 used;
};

struct hub *hub_get(u32 which);
