// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_card;

struct x_voice {
	struct x_card *card;
	u32 pos, periods;
	u64 sum;
	u8 running;
};

struct x_card {
	struct pcm_substream *subs[2];
	u32 opened;
};

static const struct pcm_hw x_hw = {0x101, 8000, 48000, 16, 64};

static void x_private_free(struct pcm_runtime *r)
{
	kfree(r->private_data);
}

static int x_open(struct pcm_substream *s)
{
	struct x_card *card = s->private_data;
	struct x_voice *v = kzalloc(sizeof(*v), 0);

	v->card = card;
	card->subs[s->stream] = s;
	s->runtime->hw = x_hw;
	if (s->stream)
		s->runtime->hw.buffer_bytes_max = 32;
	s->runtime->private_data = v;
	s->runtime->private_free = x_private_free;
	return card->opened++;
}

static int x_hw_params(struct pcm_substream *s, u32 rate)
{
	if (rate < s->runtime->hw.rate_min || rate > s->runtime->hw.rate_max)
		return -22;
	s->runtime->rate = rate - rate % 25;
	return 0;
}

static int x_trigger(struct pcm_substream *s, int cmd)
{
	struct x_voice *v = s->runtime->private_data;

	v->running = cmd;
	if (cmd)
		v->pos = 0;
	report(v->sum);
	return v->periods;
}

static u32 x_pointer(struct pcm_substream *s)
{
	struct x_voice *v = s->runtime->private_data;

	return v->pos;
}

static void x_irq(void *data, u32 frames)
{
	struct x_card *card = data;

	for (int i = 0; i < 2; i++) {
		struct pcm_substream *s = card->subs[i];
		struct x_voice *v = s ? s->runtime->private_data : NULL;

		if (!v || !v->running)
			continue;
		for (u32 f = 0; f < frames; f++) {
			if (i)
				s->runtime->dma_area[v->pos] = v->pos * 3 + v->periods;
			else
				v->sum = v->sum * 3 % 65537 + s->runtime->dma_area[v->pos];
			v->pos = (v->pos + 1) % s->runtime->buffer_size;
		}
		v->periods++;
		period_elapsed(s);
	}
}

static const struct pcm_ops play_ops = {x_open, x_hw_params, x_trigger, x_pointer};
static const struct pcm_ops rec_ops = {x_open, NULL, x_trigger, x_pointer};

static int x_init(void)
{
	struct x_card *card = kzalloc(sizeof(*card), 0);

	sound_irq(x_irq, card);
	return pcm_new("x-pcm", card, &play_ops, &rec_ops);
}

module_init(x_init);
