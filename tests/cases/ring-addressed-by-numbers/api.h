// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dev {
	u64 mask;
};

void *dma_alloc(struct dev *d, size_t n, u64 *handle);
void dma_free(struct dev *d, size_t n, void *p, u64 handle);

struct hwops {
	void (*irq)(void *cookie);
};

int hw_attach(struct dev *d, void (*irq)(void *), void *cookie);
void hw_kick(u64 ring, u32 n);
struct dev *hw_find(void);
