// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct device {
	u32 level;
	u32 mode;
	u32 seen;
};

int register_device(struct device *d);

struct other {
	u32 level;
};

int kva(const char *f, ...);
int kother(const char *f, ...);
int kmany(int count, ...);
int kuntil(int by, ...);
int kelsewhere(struct device *d, ...);
