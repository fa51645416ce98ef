// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct pin_ops {
	const char *const *names;
	u32 count;
	const char *const *groups;
	int (*get)(u32 n);
};

struct pins {
	const struct pin_ops *ops;
	const char *label;
};

int pins_add(struct pins *p);
