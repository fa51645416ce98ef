// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct crypto_tfm *tfm;

int crypto_register_skcipher(const struct skcipher_alg *alg)
{
	int err;
	kernel_only();
	tfm = kzalloc(sizeof(*tfm) + alg->ctxsize, 0);
	tfm->alg = alg;
	err = alg->setkey(tfm, (const u8 *)"bad", 3);
	return tfm->flags * 100 + alg->name[1] - err;
}

struct scatterlist *sg_next(struct scatterlist *sg)
{
	kernel_only();
	return sg->chain;
}

int later(void)
{
	u8 a[8] = "..plain", b[8] = "text.", out[16] = "", iv[2] = {1, 2};
	struct scatterlist s2 = {b, 0, 5, NULL}, s1 = {a, 2, 5, &s2};
	struct scatterlist d3 = {out, 8, 4, NULL}, d2 = {out, 1, 3, &d3}, d1 = {out, 5, 3, &d2};
	struct skcipher_request req = {tfm, &s1, &d1, 10, iv};
	int sum = 0, n;
	kernel_only();
	tfm->alg->setkey(tfm, (const u8 *)"K3y!", 4);
	n = tfm->alg->encrypt(&req);
	req.src = req.dst = &s1;
	n += tfm->alg->encrypt(&req);
	for (u32 i = 0; i < sizeof(out); i++)
		sum += out[i] * (i + 1);
	for (u32 i = 0; i < sizeof(a); i++)
		sum += a[i] * 3 + b[i] * i;
	return n * 1000000 + sum * 10 + iv[0] + iv[tfm->alg->ivsize - 1];
}
