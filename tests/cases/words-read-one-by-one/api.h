// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct bus {
	u32 reads, writes;
	int (*rd)(void *ctx, u32 reg, u16 *val);
	void *ctx;
};

struct dump {
	u32 first, n;
	u16 *words;
};

int wire_register(struct bus *b);
int wire_read_block(struct bus *b, u32 first, u16 *words, u32 n);
int wire_fill(struct bus *b, struct dump *d);
