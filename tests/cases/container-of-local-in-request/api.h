// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dv {
	u32 level;
};

struct head {
	u32 size;
};

struct packet {
	u32 kind;
	struct head head;
	u32 answer;
	struct dv *d;
};

struct req {
	struct head *head;
};

int kreg(int (*f)(struct dv *d));
void ksubmit(struct req *r);
