// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct blob {
	size_t size;
	const u8 *data;
};

struct loader {
	const struct blob *blob;
	int (*load)(struct loader *l);
};

int loader_add(struct loader *l);
