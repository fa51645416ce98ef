// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dev {
	u32 up : 1;
	u32 busy : 1;
	u32 mode : 4;
	u32 count : 8;
};

int kreg(int (*f)(struct dev *d));
void kpoke(void);
