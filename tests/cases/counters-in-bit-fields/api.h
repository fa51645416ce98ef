// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dev {
	u32 state : 3;
	u32 users : 5;
	int level : 7;
	u32 rest : 17;
};

int kreg(int (*f)(struct dev *d));
void kpoke(void);
