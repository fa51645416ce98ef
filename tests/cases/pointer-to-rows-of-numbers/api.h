// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct lut {
	u16 (*rows)[4];
	u32 n;
	u16 gain[2][3];
};

struct cam {
	struct lut lut;
	int (*tune)(struct cam *c);
};

int cam_add(struct cam *c);
int cam_apply(void);
