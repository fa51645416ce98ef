// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct packet {
	u32 kind;
	u32 answer;
};

struct req {
	void *data;
};

int ksubmit(struct req *r);
