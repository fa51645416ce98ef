// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct blob {
	size_t size;
	const u8 *data;
};

int blob_get(const struct blob **out, int which);
void blob_put(const struct blob *b);
