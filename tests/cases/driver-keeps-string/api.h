// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct ops {
	void (*name)(const char *n);
	int (*sum)(void);
};

void kreg(const struct ops *o);
