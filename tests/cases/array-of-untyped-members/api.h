// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct part {
	u32 size;
	u32 seen;
};

struct set {
	u32 count;
	void *parts[3];
};

int kset(struct set *s);
