// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dev {
	u32 level;
	u32 mode;
};

int kfind(int n, void **found);
int klevel(int n);
