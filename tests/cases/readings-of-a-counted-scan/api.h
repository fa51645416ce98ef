// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct sensor {
	u32 id, hits;
};

struct reading {
	u16 channel;
	const char *name;
	struct sensor *sensor;

	struct {
		u32 raw;
		int scaled;
	} value;
};

struct scan;

struct scan_ops {
	int (*done)(struct scan *s, struct reading *r, u32 round);
};

struct scan {
	const struct scan_ops *ops;
	u32 n, gain;
	struct reading readings[];
};

int scan_add(struct scan *s);
int scan_run(struct scan *s, u32 round);
size_t strlen(const char *s);
