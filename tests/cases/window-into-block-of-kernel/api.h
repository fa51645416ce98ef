// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct view {
	const u8 *at;
};

struct card {
	struct view a, b;
	int (*parse)(struct card *c);
};

int card_add(struct card *c);
