// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct rec {
	u8 kind;
	union {
		u32 num;
		u8 bytes[4];
		struct {
			u16 a, b;
		} pair;
	} u;
};

struct batch {
	struct rec *recs;
	u32 n;
	int (*fill)(struct batch *b);
};

int batch_add(struct batch *b);
