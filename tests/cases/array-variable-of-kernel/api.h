// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>
void note(long value);

extern volatile unsigned long jiffies;
extern unsigned long tick_nsec[2];
void relax(void);
int kstart(u32 *until);

struct dev {
	unsigned long deadline;
	unsigned long last;
	int (*poll)(struct dev *d);
};

int reg(struct dev *d);
