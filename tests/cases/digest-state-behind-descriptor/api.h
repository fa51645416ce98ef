// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct shash_alg;

struct tfm {
	const struct shash_alg *alg;
	u32 flags;
	u64 ctx[];
};

struct shash_desc {
	struct tfm *tfm;
	u64 ctx[];
};

struct shash_alg {
	int (*init)(struct shash_desc *d);
	int (*update)(struct shash_desc *d, const u8 *data, u32 len);
	int (*final)(struct shash_desc *d, u8 *out);
	int (*export)(struct shash_desc *d, void *out);
	int (*import)(struct shash_desc *d, const void *in);
	int (*setkey)(struct tfm *tfm, const u8 *key, u32 len);
	u32 descsize, ctxsize, digestsize, statesize, blocksize;
	const char *name;
};

int register_shash(struct shash_alg *alg);
