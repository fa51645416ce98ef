// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct reg {
	u16 addr;
	u16 val;
};

struct seq {
	const struct reg *regs;
	u32 num;
};

struct chip {
	struct seq init, sleep;
	int (*probe)(struct chip *);
	u32 log;
};

int kchip(struct chip *c);
int kwrite(const struct reg *r, u32 n);
