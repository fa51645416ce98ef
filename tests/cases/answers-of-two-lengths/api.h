// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct gauge;

struct gauge_ops {
	int (*read)(struct gauge *g, u32 kind, u8 *answer);
	int (*check)(struct gauge *g, const u16 *limits);
};

struct gauge {
	const struct gauge_ops *ops;
	void *priv;
	int id;
};

int gauge_register(struct gauge *g);
