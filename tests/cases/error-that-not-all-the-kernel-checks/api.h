// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct part {
	u32 value;
};

struct req {
	struct part *checked, *some;
};

int kfirst(struct req *r);
int ksecond(struct req *r);
