// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct bus {
	u32 n;
	struct child *kids[4];
	char name[16];
};

struct child {
	struct bus *bus;
	struct child *sibling;
	u32 id;
	int (*probe)(struct child *c);
	u32 state;
};

int bus_add(struct bus *b, struct child *c);
struct bus *bus_get(void);
