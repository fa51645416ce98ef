// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dv {
	u32 level;
	int (*get)(struct dv *d);
};

void kreg(struct dv *d);
