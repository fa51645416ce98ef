// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_codec {
	u32 syncs;
	u16 regs[12];
	u32 after;
	u8 status[6], guard;
};

static int x_sync(struct codec *c, u32 from, u32 n)
{
	struct x_codec *x = c->priv;

	for (u32 i = from; i < from + n && i < 12; i++)
		x->regs[i] = x->regs[i] * 2 + i;
	c->status[x->syncs++ % 6]++;
	return x->syncs;
}

static u32 x_sum(struct codec *c)
{
	struct x_codec *x = c->priv;
	u32 sum = x->after + x->guard;

	for (u32 i = 0; i < 12; i++)
		sum += c->cache[i] * (i + 1);
	for (u32 i = 0; i < 6; i++)
		sum += x->status[i] * 1000;
	return sum;
}

static const struct codec_ops ops = {x_sync, x_sum};

static struct codec *x_make(u32 first)
{
	struct codec *c = codec_alloc(sizeof(struct x_codec));
	struct x_codec *x = c->priv;

	x->regs[2] = first;
	x->after = 5;
	x->guard = 6;
	c->cache = x->regs;
	c->ncache = 12;
	c->status = x->status;
	return c;
}

static int x_init(void)
{
	struct codec *c = x_make(40), *d;
	int status = codec_add(c, &ops);
	struct x_codec *x = c->priv;

	report(x->regs[3] * 100 + x->status[1]);
	report(c->cache == x->regs);
	codec_free(c);
	d = x_make(50);
	status += codec_add(d, &ops);
	report(((struct x_codec *)d->priv)->regs[3]);
	return status;
}

module_init(x_init);
