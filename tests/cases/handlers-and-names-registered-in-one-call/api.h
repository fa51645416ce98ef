// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct pad;

typedef int (*handler_t)(struct pad *pad, u32 value);

struct pad {
	u32 hits;
	int last;
};

int pad_register(
	struct pad *pad, const handler_t *handlers, const char *const names[], int count);
int pad_check(struct pad *pad, const handler_t handlers[2], const char *name);
