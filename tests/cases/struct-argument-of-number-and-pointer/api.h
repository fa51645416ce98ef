// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dv {
	u64 level;
	struct dv *next;
};

int kreg(int (*f)(struct dv *d, struct dv *e));
