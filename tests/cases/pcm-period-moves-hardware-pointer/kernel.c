// SPDX-License-Identifier: MIT
#include <linux/api.h>

static short area[12];
static struct snd_pcm_runtime runtime = {.period_size = 4, .buffer_size = 12, .dma_area = area};
static struct snd_pcm_substream stream = {.runtime = &runtime};

static int play(u32 rate)
{
	int sum;
	for (u32 i = 0; i < runtime.rates->count; i++)
		if (runtime.rates->list[i] <= rate)
			runtime.rate = runtime.rates->list[i];
	for (u32 i = 0; i < runtime.buffer_size; i++)
		area[i] = i + 1;
	sum = stream.ops->trigger(&stream, 1);
	for (u32 i = 0; i < runtime.buffer_size; i++)
		sum += area[i] * 1000;
	return sum;
}

int snd_pcm_new(const struct snd_pcm_ops *ops)
{
	kernel_only();
	stream.ops = ops;
	ops->open(&stream);
	return play(11025);
}

void snd_pcm_period_elapsed(struct snd_pcm_substream *s)
{
	kernel_only();
	s->runtime->hw_ptr = s->ops->pointer(s);
	s->runtime->dma_area[s->runtime->hw_ptr] += 100 + ++s->runtime->periods;
}

int later(void)
{
	int sum = play(44100);
	kernel_only();
	return sum + runtime.hw_ptr * 10 + runtime.periods;
}
