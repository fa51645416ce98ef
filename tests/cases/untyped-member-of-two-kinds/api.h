// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct a {
	u32 x;
};

struct b {
	u64 y, z;
};

struct req {
	u32 kind;
	void *data;
};

int ksubmit(struct req *r);
