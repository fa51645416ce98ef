// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dv {
	u32 level;
};

struct packet {
	u32 kind;
	u32 answer;
	struct dv *d;
};

struct req {
	void *data;
};

int kreg(int (*f)(struct dv *d));
void ksubmit(struct req *r);
