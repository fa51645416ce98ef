// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct vec {
	u8 *base;
	size_t len;
};

struct iter {
	const struct vec *v;
	u32 n;
	size_t off, left;
};

struct fops {
	long (*read)(struct iter *it);
	long (*write)(struct iter *it);
};

int dev_add(const struct fops *f);
size_t to_iter(const void *from, size_t n, struct iter *it);
size_t from_iter(void *to, size_t n, struct iter *it);
