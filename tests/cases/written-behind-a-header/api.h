// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct source {
	void (*read)(struct source *s, u8 *out);
	u32 seed;
};

int source_register(struct source *s);
