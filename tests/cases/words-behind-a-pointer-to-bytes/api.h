// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct fifo;

struct fifo_ops {
	int (*fill)(struct fifo *fifo, u8 *to, u32 len);
};

struct fifo {
	const struct fifo_ops *ops;
	u32 next;
};

struct fifo *fifo_get(void);
u32 checksum(const u8 *bytes, int words);
u32 send(const void *header, u32 len);
