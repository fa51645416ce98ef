// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct blob {
	size_t size;
	const u8 *data;
};

struct client {
	int (*loaded)(const struct blob *b);
	int (*use)(u32 at);
};

int client_add(const struct client *c);
