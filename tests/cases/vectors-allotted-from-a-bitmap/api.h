// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct vec_msg {
	u32 lo, hi, data;
};

struct vec_desc {
	u32 irq, hwirq;
	struct vec_msg msg;
	void *chip_data;
};

struct vec_domain {
	int (*alloc)(struct vec_domain *d, u32 virq, u32 n, struct vec_desc **descs);
	void (*free)(struct vec_domain *d, u32 virq, u32 n, struct vec_desc **descs);
	void (*compose)(struct vec_desc *desc, struct vec_msg *msg);
	void *host_data;
	u32 allocated;
};

int bitmap_find_free_region(unsigned long *map, u32 bits, int order);
void bitmap_release_region(unsigned long *map, u32 pos, int order);
u32 bitmap_weight(const unsigned long *map, u32 bits);
int vec_domain_add(struct vec_domain *d);
