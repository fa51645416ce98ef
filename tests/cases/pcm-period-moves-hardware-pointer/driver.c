// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_stream {
	u32 pos, step;
	long mixed;
};

static const u32 x_rates[] = {8000, 16000, 48000};
static const struct snd_pcm_constraint_list x_constraint = {3, x_rates};

static int x_open(struct snd_pcm_substream *s)
{
	s->runtime->private_data = kzalloc(sizeof(struct x_stream), 0);
	s->runtime->rates = &x_constraint;
	return 0;
}

static int x_trigger(struct snd_pcm_substream *s, int cmd)
{
	struct snd_pcm_runtime *r = s->runtime;
	struct x_stream *x = r->private_data;
	x->step = r->rate / 8000;
	for (u32 n = 0; cmd && n < 2 * r->period_size; n += x->step) {
		x->mixed = x->mixed * 2 % 10007 + r->dma_area[x->pos];
		r->dma_area[x->pos] = 0;
		x->pos = (x->pos + x->step) % r->buffer_size;
		if (x->pos % r->period_size == 0)
			snd_pcm_period_elapsed(s);
	}
	return x->mixed;
}

static u32 x_pointer(struct snd_pcm_substream *s)
{
	struct x_stream *x = s->runtime->private_data;
	return x->pos;
}

static const struct snd_pcm_ops x_ops = {x_open, x_trigger, x_pointer};

static int x_init(void)
{
	report(snd_pcm_new(&x_ops));
	return 0;
}
module_init(x_init);
