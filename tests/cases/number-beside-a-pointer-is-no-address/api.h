// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kstart {
	u32 kind;

	union {
		u64 number;
		void *data;
	};
};

struct kopen {
	void *private;
	u32 ready;
};

int kopen(struct kstart *start, int (*look)(struct kopen *o));
