// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>
void note(long value);

struct param {
	const char *name;
	u32 min, max;
	int (*set)(u32 v);
};

int register_params(const struct param *p);
