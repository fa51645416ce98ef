// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dv {
	u32 level;
	u32 seen;
};

struct slot {
	struct dv *d;
};

struct req {
	struct slot *slot;
	u32 command;
};

int kreg(int (*f)(struct dv *d));
void ksubmit(struct req *r);
