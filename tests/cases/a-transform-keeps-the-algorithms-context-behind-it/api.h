// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct skcipher_alg;

struct crypto_skcipher {
	unsigned reqsize;
	struct skcipher_alg *alg;
	void *__crt_ctx[];
};

struct scatterlist {
	u8 *address;
	unsigned length;
};

struct skcipher_request {
	unsigned cryptlen;
	u8 *iv;
	struct scatterlist *src;
	struct scatterlist *dst;
	struct crypto_skcipher *tfm;
	void (*complete)(void *data, int err);
	void *data;
	void *__ctx[];
};

struct skcipher_alg {
	int (*setkey)(struct crypto_skcipher *tfm, const u8 *key, unsigned keylen);
	int (*encrypt)(struct skcipher_request *req);
	int (*decrypt)(struct skcipher_request *req);
	int (*init)(struct crypto_skcipher *tfm);
	unsigned min_keysize, max_keysize, ivsize;
	char cra_name[16];
	unsigned cra_ctxsize;
	struct list_head cra_list;
};

static inline void *crypto_skcipher_ctx(struct crypto_skcipher *tfm)
{
	return tfm->__crt_ctx;
}

static inline void *skcipher_request_ctx(struct skcipher_request *req)
{
	return req->__ctx;
}

int crypto_register_skcipher(struct skcipher_alg *alg);
void crypto_unregister_skcipher(struct skcipher_alg *alg);
int crypto_enqueue_request(struct skcipher_request *req);
struct skcipher_request *crypto_dequeue_request(void);
int queue_work(void (*work)(void));
