// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct frame {
	u32 kind, length, sum;
};

typedef u32 (*sum_fn)(struct frame *frame, u32 seed);

sum_fn kget_sum(u32 kind);
int kset_picker(sum_fn (*pick)(u32 kind));
int ksum(struct frame *frame);
