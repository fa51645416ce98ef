// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct work {
	struct work *next;
	u32 pending;
	void (*fn)(struct work *work);
};

int kschedule(struct work *work);
