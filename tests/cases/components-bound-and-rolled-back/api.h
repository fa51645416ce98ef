// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kdev {
	const char *name;
	int (*bind)(struct kdev *dev, void *data);
	void (*unbind)(struct kdev *dev, void *data);
};

struct kmatch {
	int (*compare)(struct kdev *dev, void *data);
	void *data;
	struct kdev *dev;
};

struct kmaster {
	int (*bind)(struct kmaster *master);
	struct kmatch match[4];
	u32 n, bound;
};

int kcomponent_add(struct kmaster *master, struct kdev *dev);
int kcomponent_bind_all(struct kmaster *master, void *data);
int strcmp(const char *a, const char *b);
