// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct item {
	u32 a, b;
};

struct dv {
	struct item **table;
	u32 n;
	u8 *bytes;
	u32 length;
};

struct dv *knew(void);
u32 ksum(struct dv *d);
