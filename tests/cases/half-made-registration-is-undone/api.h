// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct part {
	const char *name;
	int (*use)(struct part *part, u32 value);
	u32 id;
	u32 used;
};

int kpart_add(struct part *part);
void kpart_del(struct part *part);
int kuse_all(u32 value);
