// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct req {
	u8 *buf;
	u32 len;
	u32 done;
};

struct host {
	int (*step)(struct host *h, struct req *r, u32 n);
};

int host_add(struct host *h);
