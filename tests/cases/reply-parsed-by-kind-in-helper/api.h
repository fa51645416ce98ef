// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct link {
	u32 speed;
};

struct stats {
	u64 rx, tx;
};

struct reply {
	u8 kind;
	void *body;
};

struct parser {
	int (*parse)(struct parser *p, struct reply *r);
	u32 seen;
};

int kparse(struct parser *p);
