// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct cx {
	u32 key[4];
	u32 n;
};

static int init(struct tfm *t)
{
	struct cx *c = t->ctx;
	c->n = 1;
	return 0;
}

static int setkey(struct tfm *t, const u8 *key, u32 len)
{
	struct cx *c = t->ctx;
	if (len < 4) {
		t->flags |= 2;
		return -22;
	}
	for (u32 i = 0; i < len; i++)
		c->key[i & 3] = c->key[i & 3] * 31 + key[i];
	return 0;
}

static void enc(struct tfm *t, u8 *dst, const u8 *src)
{
	struct cx *c = t->ctx;
	for (int i = 0; i < 8; i++)
		dst[i] = src[i] ^ c->key[i & 3];
	c->n++;
}

static int compress(struct tfm *t, const u8 *src, u32 n, u8 *dst, u32 *dn)
{
	u32 o = 0;
	for (u32 i = 0; i < n && o + 2 <= *dn;) {
		u32 k = 1;
		while (i + k < n && src[i + k] == src[i])
			k++;
		dst[o++] = src[i];
		dst[o++] = k;
		i += k;
	}
	*dn = o;
	return 0;
}
static struct alg A = {.type = 1,
	.blocksize = 8,
	.ctxsize = sizeof(struct cx),
	.name = "xc",
	.init = init,
	.u.cipher = {4, 16, setkey, enc}};
static struct alg B = {.type = 2,
	.blocksize = 1,
	.ctxsize = sizeof(struct cx),
	.name = "xz",
	.init = init,
	.u.comp = {compress}};

static int x_init(void)
{
	report(alg_register(&A));
	report(alg_register(&B));
	return 0;
}

module_init(x_init);
