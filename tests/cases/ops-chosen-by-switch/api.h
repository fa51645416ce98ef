// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct card;

struct card_ops {
	u32 (*rate)(struct card *card);
	void (*reset)(struct card *card);
};

struct card {
	u32 id;
	u32 clock;
	u32 resets;
	const struct card_ops *ops;
};

int kprobe(int (*probe)(struct card *card));
