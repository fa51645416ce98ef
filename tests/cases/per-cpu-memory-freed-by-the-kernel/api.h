// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct pst {
	u64 packets;
};

struct nd {
	struct pst *st;
};

long take(struct nd *dev);
