// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct attr {
	const char *name;
	u16 mode;
};

struct dattr {
	struct attr a;
	long (*show)(void *dev, struct dattr *, char *buf);
	long (*store)(void *dev, struct dattr *, const char *buf, size_t n);
};

struct group {
	const char *name;
	struct attr **attrs;
};

struct device {
	const struct group **groups;
	void *drvdata;
};

int device_add(struct device *d);
