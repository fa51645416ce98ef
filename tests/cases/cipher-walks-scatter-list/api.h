// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct scatterlist {
	u8 *page;
	u32 offset, length;
	struct scatterlist *chain;
};

struct crypto_tfm {
	const struct skcipher_alg *alg;
	u32 flags;
	u64 ctx[];
};

struct skcipher_request {
	struct crypto_tfm *tfm;
	struct scatterlist *src, *dst;
	u32 cryptlen;
	u8 *iv;
};

struct skcipher_alg {
	const char *name;
	u32 ctxsize, ivsize;
	int (*setkey)(struct crypto_tfm *tfm, const u8 *key, u32 len);
	int (*encrypt)(struct skcipher_request *req);
};

int crypto_register_skcipher(const struct skcipher_alg *alg);
struct scatterlist *sg_next(struct scatterlist *sg);
