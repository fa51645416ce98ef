// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dv {
	u32 level;
	u32 seen;
};

struct pair {
	struct dv *from, *to;
};

int kreg(int (*f)(struct pair p));
void kmove(struct pair p);
struct pair kpair(void);
