// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct piece {
	u32 length;
};

struct request {
	u32 count;
	struct piece *pieces;
	u32 sum;
};

struct request *kget(u32 count);
void kend(struct request *rq);
u32 kagain(struct request *rq);
