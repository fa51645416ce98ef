// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct counter {
	spinlock_t lock;
	int value;
};

void kadd(struct counter *counter, int by);
int kheld(struct counter *counter);
