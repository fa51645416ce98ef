// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct buf {
	u8 *data;
	u32 len;
	void (*done)(struct buf *);
	void *ctx;
};

void kqueue(struct buf *b);
int kcomplete(void);
