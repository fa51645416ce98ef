// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct codec *codec;
static const struct codec_ops *codec_ops;
static int ids;

struct codec *codec_alloc(u32 priv)
{
	struct codec *c = kzalloc(sizeof(*c) + priv, 0);

	kernel_only();
	c->priv = c + 1;
	return c;
}

int codec_add(struct codec *c, const struct codec_ops *ops)
{
	kernel_only();
	codec = c;
	codec_ops = ops;
	c->id = ++ids;
	report(c->cache[2]);
	for (u32 i = 0; i < c->ncache; i++)
		c->cache[i] += 10 * c->id;
	c->status[1] = 3;
	return 0;
}

void codec_free(struct codec *c)
{
	kernel_only();
	codec = NULL;
	kfree(c);
}

int later(void)
{
	report(codec_ops->sum(codec));
	for (u32 i = 0; i < 4; i++) {
		report(codec_ops->sync(codec, i * 3, 4));
		codec->cache[i] ^= 0x101;
		codec->status[5 - i] += i;
		report(codec->cache[4] + codec->status[0] * 10 + codec->status[3]);
	}
	report(codec_ops->sum(codec));
	return codec->id;
}
