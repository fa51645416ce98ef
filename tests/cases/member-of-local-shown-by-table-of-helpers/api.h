// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dv {
	u32 level;
	u32 seen;
};

struct slot {
	struct dv *d;
	u32 command;
};

int kreg(int (*f)(struct dv *d));
void kkeep(struct slot *slot);
void kturn(void);
