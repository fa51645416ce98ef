// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

union val {
	int number;
	void *pointer;
};

struct note {
	union val val;
	int (*fire)(struct note *n);
};

int knote(struct note *n);
