// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_key {
	u32 k[4];
	u32 sets;
};

struct x_state {
	u32 a, b;
	u64 count;
	u8 buf[8];
	u32 fill;
};

static u32 blocks;

static int x_setkey(struct tfm *tfm, const u8 *key, u32 len)
{
	struct x_key *k = (struct x_key *)tfm->ctx;

	if (len != 16) {
		tfm->flags |= 0x2000;
		return -22;
	}
	for (int i = 0; i < 16; i++)
		k->k[i / 4] = k->k[i / 4] << 8 | key[i];
	return k->sets++;
}

static int x_begin(struct shash_desc *d)
{
	struct x_state *s = (struct x_state *)d->ctx;
	struct x_key *k = (struct x_key *)d->tfm->ctx;

	*s = (struct x_state){k->k[0] ^ k->k[2], k->k[1] ^ k->k[3]};
	return 0;
}

static void x_block(struct x_state *s)
{
	for (int i = 0; i < 8; i++) {
		s->a = (s->a << 5 | s->a >> 27) + s->buf[i];
		s->b = s->b * 31 + s->a;
	}
	s->fill = 0;
	blocks++;
}

static int x_update(struct shash_desc *d, const u8 *data, u32 len)
{
	struct x_state *s = (struct x_state *)d->ctx;

	s->count += len;
	while (len--) {
		s->buf[s->fill++] = *data++;
		if (s->fill == 8)
			x_block(s);
	}
	return 0;
}

static int x_final(struct shash_desc *d, u8 *out)
{
	struct x_state *s = (struct x_state *)d->ctx;

	while (s->fill < 8)
		s->buf[s->fill++] = s->count;
	x_block(s);
	for (int i = 0; i < 4; i++) {
		out[i] = s->a >> 8 * i;
		out[4 + i] = s->b >> 8 * i;
	}
	memset(s, 0, sizeof(*s));
	return blocks;
}

static int x_export(struct shash_desc *d, void *out)
{
	memcpy(out, d->ctx, sizeof(struct x_state));
	return 0;
}

static int x_import(struct shash_desc *d, const void *in)
{
	memcpy(d->ctx, in, sizeof(struct x_state));
	return 0;
}

static struct shash_alg alg = {.init = x_begin,
	.update = x_update,
	.final = x_final,
	.export = x_export,
	.import = x_import,
	.setkey = x_setkey,
	.descsize = sizeof(struct x_state),
	.ctxsize = sizeof(struct x_key),
	.digestsize = 8,
	.statesize = sizeof(struct x_state),
	.name = "x-mac"};

static int x_init(void)
{
	int status = register_shash(&alg);

	report(alg.blocksize + blocks);
	return status;
}

module_init(x_init);
