// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct a {
	u32 x;
};

struct b {
	u64 y, z;
};

struct ev {
	u32 kind;

	union {
		struct a *a;
		struct b *b;
		u64 num;
	};
};

struct sink {
	int (*put)(struct sink *, struct ev *e);
};

int ksink(struct sink *s);
