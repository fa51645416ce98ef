// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct dev {
	struct {
		u32 tx, rx;
	} stats;

	union {
		u32 word;
		u8 byte[4];
	} cfg;

	u32 hist[4];

	struct {
		u32 a, b;
	} pair[2];

	int (*go)(struct dev *);
};

int kgo(struct dev *d);
