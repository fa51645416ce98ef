// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct ops {
	void (*attach)(u8 *mem, u32 n);
	int (*run)(void);
};

void kreg(const struct ops *o);
