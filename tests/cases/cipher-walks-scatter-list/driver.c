// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_ctx {
	u8 key[4];
	u32 blocks;
};

static int x_setkey(struct crypto_tfm *tfm, const u8 *key, u32 len)
{
	struct x_ctx *c = (void *)tfm->ctx;
	if (len != sizeof c->key) {
		tfm->flags |= 0x10;
		return -22;
	}
	memcpy(c->key, key, len);
	return 0;
}

static int x_encrypt(struct skcipher_request *req)
{
	struct x_ctx *c = (void *)req->tfm->ctx;
	struct scatterlist *s = req->src, *d = req->dst;
	u32 si = 0, di = 0;
	for (u32 i = 0; i < req->cryptlen; i++) {
		u8 *to = d->page + d->offset + di;
		*to = s->page[s->offset + si] ^ c->key[i & 3] ^ req->iv[i & 1];
		req->iv[i & 1] = *to;
		if (++si == s->length) {
			s = sg_next(s);
			si = 0;
		}
		if (++di == d->length) {
			d = sg_next(d);
			di = 0;
		}
	}
	return ++c->blocks;
}

static const struct skcipher_alg x_alg = {"xcbc", sizeof(struct x_ctx), 2, x_setkey, x_encrypt};

static int x_init(void)
{
	report(crypto_register_skcipher(&x_alg));
	return 0;
}
module_init(x_init);
