// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct mux;

struct mux_ops {
	int (*lines)(struct mux *mux, u32 group, const u16 **lines, u32 *count);
	int (*names)(struct mux *mux, const char *const **names, int *count);
};

struct mux {
	const struct mux_ops *ops;
	u32 taken;
};

int mux_register(struct mux *mux);
int mux_take(struct mux *mux, u32 group);
