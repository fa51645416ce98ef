// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define BUF_MAPPED 4

struct area {
	u32 size;
	u32 used;
};

struct buf {
	u16 flags;
	u16 len;

	union {
		struct area *area;
		u64 dma;
	};
};

int kqueue(struct buf *b);
