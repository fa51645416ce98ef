// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct page_of {
	u32 number;
	u32 used;
};

struct desc {
	u32 flags;

	union {
		struct page_of *page;
		u64 inlined;
	};
};

int kdesc(struct desc *d);
