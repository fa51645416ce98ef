// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct pst {
	u64 packets;
};

struct nd {
	struct pst *st;
};

long sum_of(struct nd *dev);
