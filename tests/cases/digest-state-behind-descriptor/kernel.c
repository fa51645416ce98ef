// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct shash_alg *alg;
static struct tfm *tfm;

static long digest(struct shash_desc *d)
{
	u8 out[8];
	long sum = 0;

	report(alg->final(d, out));
	for (u32 i = 0; i < alg->digestsize; i++)
		sum = (sum * 257 + out[i]) % 1000003;
	return sum;
}

static struct shash_desc *begin(void)
{
	struct shash_desc *d = kzalloc(sizeof(*d) + alg->descsize, 0);

	d->tfm = tfm;
	alg->init(d);
	return d;
}

static long mac(const char *data, u32 len)
{
	struct shash_desc *d = begin();
	long sum;

	alg->update(d, (const u8 *)data, len);
	sum = digest(d);
	kfree(d);
	return sum;
}

int register_shash(struct shash_alg *a)
{
	kernel_only();
	alg = a;
	a->blocksize = a->digestsize * 2;
	tfm = kzalloc(sizeof(*tfm) + a->ctxsize, 0);
	tfm->alg = a;
	report(a->name[2]);
	report(mac("self test", 9));
	return 0;
}

int later(void)
{
	u8 key[16], *state = kzalloc(alg->statesize, 0);
	struct shash_desc *d, *e;

	for (int i = 0; i < 16; i++)
		key[i] = 17 * i + 3;
	report(tfm->alg->setkey(tfm, key, 7));
	report(tfm->flags);
	report(tfm->alg->setkey(tfm, key, 16));
	report(mac("self test", 9));
	d = begin();
	e = begin();
	alg->update(d, (const u8 *)"hello, w", 5);
	alg->export(d, state);
	alg->update(d, (const u8 *)"there, and more", 15);
	alg->import(e, state);
	alg->update(e, (const u8 *)"there, and more", 15);
	report(digest(d));
	report(digest(e));
	report(mac("hellothere, and more", 20));
	kfree(d);
	kfree(e);
	kfree(state);
	return 0;
}
