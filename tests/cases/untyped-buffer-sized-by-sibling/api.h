// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct xfer {
	void *buf;
	u32 len;
	u32 sum;
};

int kxfer(struct xfer *x);
