// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>
void note(long value);

struct dev {
	u32 level;
	u8 mac[6];
	char name[8];
	long pos;
	int (*go)(struct dev *d, int n);
	int (*get)(struct dev *d, u32 *v, long *pos);
};

int reg(struct dev *d);
void kread(u32 *v);
void kmac(u8 *mac, u32 n);
int kname(const char *name);
