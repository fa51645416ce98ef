// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct engine_alg {
	u8 mode;
	unsigned used;
	struct skcipher_alg alg;
};

struct engine_ctx {
	struct engine_alg *owner;
	u8 key[8];
	unsigned keylen;
};

struct engine_reqctx {
	int decrypt;
	u8 last;
};

static int engine_init(struct crypto_skcipher *tfm)
{
	struct engine_ctx *ctx = crypto_skcipher_ctx(tfm);

	ctx->owner = container_of(tfm->alg, struct engine_alg, alg);
	ctx->owner->used++;
	tfm->reqsize = sizeof(struct engine_reqctx);
	return 0;
}

static int engine_setkey(struct crypto_skcipher *tfm, const u8 *key, unsigned keylen)
{
	struct engine_ctx *ctx = crypto_skcipher_ctx(tfm);

	if (key[0] == key[1])
		return -22;
	memcpy(ctx->key, key, keylen);
	ctx->keylen = keylen;
	return 0;
}

static void engine_work(void)
{
	struct skcipher_request *req;

	while ((req = crypto_dequeue_request())) {
		struct engine_ctx *ctx = crypto_skcipher_ctx(req->tfm);
		struct engine_reqctx *rctx = skcipher_request_ctx(req);
		struct scatterlist *in = req->src, *out = req->dst;
		unsigned i = 0, o = 0;

		rctx->last = req->iv[0];
		for (unsigned n = 0; n < req->cryptlen; n++, i++, o++) {
			u8 byte, made;

			if (i == in->length) {
				in++;
				i = 0;
			}
			if (o == out->length) {
				out++;
				o = 0;
			}
			byte = in->address[i];
			made = byte ^ ctx->key[n % ctx->keylen] ^ (ctx->owner->mode ? rctx->last : 0);
			out->address[o] = made;
			rctx->last = rctx->decrypt ? byte : made;
		}
		req->iv[0] = rctx->last;
		req->complete(req->data, 0);
	}
}

static int engine_crypt(struct skcipher_request *req, int decrypt)
{
	struct engine_ctx *ctx = crypto_skcipher_ctx(req->tfm);
	struct engine_reqctx *rctx = skcipher_request_ctx(req);

	if (!ctx->keylen)
		return -126;
	rctx->decrypt = decrypt;
	if (crypto_enqueue_request(req) < 0)
		return -16;
	queue_work(engine_work);
	return -115;
}

static int engine_encrypt(struct skcipher_request *req)
{
	return engine_crypt(req, 0);
}

static int engine_decrypt(struct skcipher_request *req)
{
	return engine_crypt(req, 1);
}

#define ENGINE_ALG(name, chained)                                                                  \
	{                                                                                          \
		.mode = chained, .alg = {.setkey = engine_setkey, .encrypt = engine_encrypt,       \
			.decrypt = engine_decrypt, .init = engine_init, .min_keysize = 2,          \
			.max_keysize = 8, .ivsize = 4, .cra_name = name,                           \
			.cra_ctxsize = sizeof(struct engine_ctx)}                                  \
	}

static struct engine_alg algs[] = {ENGINE_ALG("ecb(xor)", 0), ENGINE_ALG("cbc(xor)", 1)};

static int engine_probe(void)
{
	for (int i = 0; i < 2; i++) {
		int err = crypto_register_skcipher(&algs[i].alg);

		if (err) {
			while (i--)
				crypto_unregister_skcipher(&algs[i].alg);
			return err;
		}
	}
	report(algs[0].used * 10 + algs[1].used);
	report(algs[1].alg.cra_list.prev == &algs[0].alg.cra_list);
	return 0;
}

module_init(engine_probe);
