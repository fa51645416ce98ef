// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct scatterlist {
	u8 *page;
	u32 offset, length;
	_Bool last;
};

struct crypto_tfm {
	struct crypto_alg *alg;
	u32 reqsize;
	u8 ctx[] __attribute__((aligned(8)));
};

struct async_request {
	struct async_request *next;
	void (*complete)(void *data, int err);
	void *data;
	struct crypto_tfm *tfm;
	u32 flags;
};

struct ahash_request {
	struct async_request base;
	u32 nbytes;
	struct scatterlist *src;
	u8 *result;
	u8 ctx[] __attribute__((aligned(8)));
};

struct crypto_alg {
	const char *name;
	u32 ctxsize, digestsize, statesize;
	int (*init_tfm)(struct crypto_tfm *tfm);
	void (*exit_tfm)(struct crypto_tfm *tfm);
	int (*setkey)(struct crypto_tfm *tfm, const u8 *key, u32 len);
	int (*init)(struct ahash_request *req);
	int (*update)(struct ahash_request *req);
	int (*final)(struct ahash_request *req);
	int (*export)(struct ahash_request *req, void *out);
	int (*import)(struct ahash_request *req, const void *in);
};

struct crypto_queue {
	struct async_request *head, *tail;
	u32 qlen, max_qlen;
};

int kregister_ahash(struct crypto_alg *alg);
int kenqueue(struct crypto_queue *queue, struct async_request *req);
struct async_request *kdequeue(struct crypto_queue *queue);
u32 ksg_copy(struct scatterlist *sg, u32 skip, u8 *to, u32 len);
int kcrypto_irq(int (*handler)(int irq, void *data), void *data);
