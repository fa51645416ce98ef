// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct waiter {
	u32 done;
	int result;
	void (*complete)(struct waiter *waiter);
};

void ksubmit(struct waiter *waiter);
void kwait(struct waiter *waiter);
