// SPDX-License-Identifier: MIT
#include <linux/api.h>

#define KERR_PTR(err) ((void *)(long)(err))
#define KPTR_ERR(p) ((long)(p))
#define KIS_ERR(p) ((unsigned long)(p) >= -4095UL)

struct x_key {
	u32 rounds, key[4];
	struct ktfm *fallback;
};

struct x_req {
	u32 steps, mode;
	u8 iv[4];
};

static struct {
	u32 keys, blocks, fallbacks;
} stats;

static void cipher(const struct x_key *k, u8 *b, _Bool encrypt)
{
	for (u32 r = 0; r < k->rounds; r++) {
		u32 n = encrypt ? r : k->rounds - 1 - r;

		for (int i = 0; i < 4; i++)
			b[i] = encrypt ? b[i] + (k->key[n % 4] >> 8 * i) : b[i] - (k->key[n % 4] >> 8 * i);
	}
	stats.blocks++;
}

static int setkey(struct ktfm *tfm, const u8 *key, u32 len)
{
	struct x_key *k = (struct x_key *)tfm->ctx;

	if (len % 4) {
		tfm->flags |= 0x100;
		return -22;
	}
	memset(k->key, 0, sizeof(k->key));
	for (u32 i = 0; i < len; i++)
		k->key[i / 4 % 4] += (u32)key[i] << i % 4 * 8;
	k->rounds = len / 4 + 1;
	stats.keys++;
	return 0;
}

static int cbc_encrypt(struct kreq *req)
{
	struct x_key *k = (struct x_key *)req->tfm->ctx;
	struct x_req *x = (struct x_req *)req->ctx;
	struct kwalk walk;
	int err;

	if (req->cryptlen > 40) {
		stats.fallbacks++;
		return kfallback_crypt(k->fallback, req);
	}
	x->mode = 1;
	err = kwalk_start(&walk, req, 0);
	while (walk.nbytes) {
		const u8 *from = walk.src_virt.addr;
		u32 left = walk.nbytes;
		u8 *to = walk.dst;

		for (; left >= 4; left -= 4, from += 4, to += 4) {
			kxor(to, from, walk.iv, 4);
			cipher(k, to, 1);
			memcpy(walk.iv, to, 4);
		}
		x->steps++;
		err = kwalk_done(&walk, left);
	}
	report(x->steps);
	return err;
}

static int cbc_decrypt(struct kreq *req)
{
	struct x_key *k = (struct x_key *)req->tfm->ctx;
	struct x_req *x = (struct x_req *)req->ctx;
	struct kwalk walk;
	int err = kwalk_start(&walk, req, 1);

	x->mode = 2;
	while (walk.nbytes) {
		const u8 *from = walk.src;
		u32 left = walk.nbytes;
		u8 *to = walk.dst;

		for (; left >= 4; left -= 4, from += 4, to += 4) {
			memcpy(x->iv, from, 4);
			if (to != from)
				memcpy(to, from, 4);
			cipher(k, to, 0);
			kxor(to, to, walk.iv, 4);
			memcpy(walk.iv, x->iv, 4);
		}
		x->steps++;
		err = kwalk_done(&walk, left);
	}
	report(x->steps * 10 + x->mode);
	return err;
}

static int ctr_crypt(struct kreq *req)
{
	struct x_key *k = (struct x_key *)req->tfm->ctx;
	struct kwalk walk;
	int err = kwalk_start(&walk, req, 0);

	while (walk.nbytes) {
		u32 done = 0, left = walk.nbytes == walk.total ? 0 : walk.nbytes % 4;

		while (done < walk.nbytes - left) {
			u32 now = walk.nbytes - left - done < 4 ? walk.nbytes - left - done : 4;
			u8 stream[4];

			memcpy(stream, walk.iv, 4);
			cipher(k, stream, 1);
			kxor(walk.dst + done, walk.src + done, stream, now);
			for (int i = 3; i >= 0 && !++walk.iv[i]; i--)
				;
			done += now;
		}
		err = kwalk_done(&walk, left);
	}
	return err;
}

static void cbc_exit(struct ktfm *tfm)
{
	struct x_key *k = (struct x_key *)tfm->ctx;

	kfree_tfm(k->fallback);
	memset(k, 0, sizeof(*k));
}

static int cbc_init(struct ktfm *tfm)
{
	struct x_key *k = (struct x_key *)tfm->ctx;

	k->fallback = kalloc_fallback(tfm->alg->name, 0x80);
	if (KIS_ERR(k->fallback))
		return KPTR_ERR(k->fallback);
	tfm->reqsize = sizeof(struct x_req) + k->fallback->reqsize;
	tfm->exit = cbc_exit;
	return 0;
}

static int ctr_init(struct ktfm *tfm)
{
	struct x_key *k = (struct x_key *)tfm->ctx;

	k->rounds = 1;
	return 0;
}

static struct kskalg algs[] = {
	{setkey, cbc_encrypt, cbc_decrypt, cbc_init, 4, 16, 4, 4,
		{"cbc(x)", "cbc-x-engine", 4, sizeof(struct x_key), 0x80, 300}},
	{setkey, ctr_crypt, ctr_crypt, ctr_init, 4, 8, 4, 4,
		{.name = "ctr(x)", .driver_name = "ctr-x-engine", .blocksize = 1,
			.ctxsize = sizeof(struct x_key)}}};

static void x_exit(void)
{
	report(stats.blocks * 100 + stats.keys * 10 + stats.fallbacks);
	kunregister_skalgs(algs, 2);
}

static int x_init(void)
{
	int err = kregister_skalgs(algs, 2);

	report(algs[1].base.priority);
	return err ? err : kmodule_exit(x_exit);
}

module_init(x_init);
