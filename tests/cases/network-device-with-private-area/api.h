// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct nd;
struct nstats;

struct pkt {
	u32 len;
	u8 *data;
	struct nd *dev;
	u8 cb[16];
};

struct nd_ops {
	int (*open)(struct nd *);
	int (*xmit)(struct pkt *, struct nd *);
	void (*stats)(struct nd *, struct nstats *);
};

struct nstats {
	u64 rx, tx, bytes;
};

struct nd {
	char name[8];
	const struct nd_ops *ops;
	u32 flags;
	u8 addr[6];
	void (*destructor)(struct nd *);
	u64 priv[0];
};
struct nd *nd_alloc(size_t priv, const char *name, void (*setup)(struct nd *));
int nd_register(struct nd *);
void pkt_free(struct pkt *);
void nd_rx(struct nd *, struct pkt *);

static inline void *nd_priv(struct nd *d)
{
	return (char *)d + sizeof(struct nd);
}
