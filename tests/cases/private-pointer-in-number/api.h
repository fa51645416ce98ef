// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct timer {
	void (*fire)(struct timer *t);
	unsigned long data;
	u32 fired;
};

void karm(struct timer *t);
