// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct win {
	u8 *mem;
	u16 off, len;
};

struct chan {
	struct win in, out;
	int (*tick)(struct chan *c);
};

int chan_add(struct chan *c);
int chan_flush(void);
