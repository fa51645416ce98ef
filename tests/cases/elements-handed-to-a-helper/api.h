// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct transfer {
	u32 word, done;
};

struct master {
	int (*transfer)(struct master *m, struct transfer *t, int count);
	u32 speed;
};

int master_register(struct master *m);
