// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>
void note(long value);

struct napi {
	int (*poll)(struct napi *n, int budget);
	struct napi *next;
	u32 state;
	int weight;
	void *dev;
};

struct ndev {
	u32 rx, dropped;
	struct napi *napis;
	const struct nops *ops;
};

struct nops {
	int (*open)(struct ndev *d);
	int (*xmit)(struct ndev *d, u32 q, u32 v);
};
struct ndev *alloc_ndev(size_t priv);

static inline void *ndev_priv(struct ndev *d)
{
	return d + 1;
}

void napi_add(struct ndev *d, struct napi *n, int (*poll)(struct napi *, int), int weight);
void napi_schedule(struct napi *n);
int napi_complete(struct napi *n, int done);
int register_ndev(struct ndev *d);
