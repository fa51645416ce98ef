// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct sg {
	u8 *buf;
	u32 off, len;
	struct sg *chain;
};

struct job {
	struct sg *first;
	u32 n;
	u32 sum;
};

struct engine {
	int (*run)(struct engine *e, struct job *j);
};

int engine_add(struct engine *e);
