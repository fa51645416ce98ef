// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct urb {
	void *buffer;
	u32 len, actual;
	int status;
	void (*complete)(struct urb *);
	void *context;
	u64 dma;
	u32 flags;
};
struct urb *urb_alloc(void);
void urb_free(struct urb *u);
int urb_submit(struct urb *u);
