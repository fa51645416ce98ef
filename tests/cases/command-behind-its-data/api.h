// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct rate {
	u32 hz;
	u64 exact;
};

struct gate {
	u8 open, locked;
	u32 code;
};

struct clockdev {
	u32 hz, openings;
	u64 (*notify)(void *data, struct clockdev *c, u64 event);
};

u64 clockdev_add(struct clockdev *c);
int clockdev_set(void *data, const char *why, struct clockdev *c, u8 key);
