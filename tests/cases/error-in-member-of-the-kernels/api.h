// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct part {
	u32 n;
};

struct holder {
	struct part *part;
	u32 asked;
};

int kfill(struct holder *h);
