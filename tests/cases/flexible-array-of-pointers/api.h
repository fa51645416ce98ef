// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct item {
	u32 id, hits;
};

struct set {
	u32 n;
	struct item *items[];
};

int set_add(struct set *s, int (*cb)(struct set *s));
