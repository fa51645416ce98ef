// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct pcm_substream subs[2];
static void (*handler)(void *data, u32 frames);
static void *cookie;
static u8 next;

void sound_irq(void (*irq)(void *data, u32 frames), void *data)
{
	kernel_only();
	handler = irq;
	cookie = data;
}

int pcm_new(
	const char *name, void *private_data, const struct pcm_ops *play, const struct pcm_ops *rec)
{
	kernel_only();
	for (int i = 0; i < 2; i++) {
		subs[i].private_data = private_data;
		subs[i].ops = i ? rec : play;
		subs[i].stream = i;
	}
	return name[0] == 'x' ? 0 : -22;
}

void period_elapsed(struct pcm_substream *s)
{
	struct pcm_runtime *r = s->runtime;
	long sum = 0;

	kernel_only();
	r->hw_ptr = s->ops->pointer(s);
	while (r->appl_ptr != r->hw_ptr) {
		if (s->stream)
			sum += r->dma_area[r->appl_ptr];
		else
			r->dma_area[r->appl_ptr] = next += 7;
		r->appl_ptr = (r->appl_ptr + 1) % r->buffer_size;
	}
	report(s->stream * 100000 + r->hw_ptr * 1000 + sum);
}

static void start(int i, u32 rate)
{
	struct pcm_substream *s = &subs[i];
	struct pcm_runtime *r = s->runtime = kzalloc(sizeof(*r), 0);

	report(s->ops->open(s));
	r->buffer_size = r->hw.buffer_bytes_max;
	r->dma_area = kzalloc(r->buffer_size, 0);
	if (s->ops->hw_params)
		report(s->ops->hw_params(s, rate));
	report(r->rate + r->buffer_size);
	for (u32 f = 0; f < r->buffer_size; f++)
		r->dma_area[f] = next += 3;
	report(s->ops->trigger(s, 1));
}

int later(void)
{
	start(0, 44110);
	handler(cookie, 16);
	start(1, 1);
	report(subs[0].ops->hw_params(&subs[0], 96000));
	for (int i = 0; i < 5; i++)
		handler(cookie, 13 + i);
	for (int i = 0; i < 2; i++) {
		report(subs[i].ops->trigger(&subs[i], 0));
		subs[i].runtime->private_free(subs[i].runtime);
		kfree(subs[i].runtime->dma_area);
		kfree(subs[i].runtime);
	}
	return next;
}
