// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct chan {
	int type;
	int channel;
	u32 shift;
	const char *name;
};
struct idev;

struct iinfo {
	int (*read_raw)(struct idev *d, const struct chan *c, int *v, int *v2, long mask);
};

struct idev {
	const struct chan *channels;
	int num;
	const struct iinfo *info;
	const char *name;
	u32 modes;
	void *priv;
};
struct idev *idev_alloc(int priv);
int idev_register(struct idev *d);

static inline void *idev_priv(struct idev *d)
{
	return d->priv;
}
