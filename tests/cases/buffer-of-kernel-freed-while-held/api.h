// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct cam {
	void (*set)(u8 *frame, u32 n);
	int (*shoot)(void);
};

void cam_add(const struct cam *c);
