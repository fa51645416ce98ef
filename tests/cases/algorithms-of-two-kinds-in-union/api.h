// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct tfm {
	u32 flags;
	void *ctx;
};

struct cipher {
	u32 min, max;
	int (*setkey)(struct tfm *, const u8 *key, u32 len);
	void (*encrypt)(struct tfm *, u8 *dst, const u8 *src);
};

struct comp {
	int (*compress)(struct tfm *, const u8 *src, u32 n, u8 *dst, u32 *dn);
};

struct alg {
	struct list_head list;
	u32 type;
	u32 blocksize, ctxsize;
	char name[16];
	int (*init)(struct tfm *);

	union {
		struct cipher cipher;
		struct comp comp;
	} u;
};

int alg_register(struct alg *a);
