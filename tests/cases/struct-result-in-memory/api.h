// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dv {
	u32 level;
	u32 seen;
};

int kreg(int (*f)(struct dv *d, struct dv *e));
