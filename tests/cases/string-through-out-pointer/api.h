// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct dev {
	void *drvdata;
};

struct chan {
	u32 type;
	const u32 *config;
};

struct hops {
	u32 (*visible)(const void *drvdata, int type, u32 attr, int channel);
	int (*read)(struct dev *d, int type, u32 attr, int channel, long *val);
	int (*read_string)(struct dev *d, int type, u32 attr, int channel, const char **str);
	int (*write)(struct dev *d, int type, u32 attr, int channel, long val);
};

struct chip {
	const struct hops *ops;
	const struct chan *const *info;
};
struct dev *hw_register(
	struct dev *parent, const char *name, void *drvdata, const struct chip *chip);
