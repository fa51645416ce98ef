// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct snd_pcm_runtime runtime = {.period_size = 4, .buffer_size = 12};
static struct snd_pcm_substream playback = {.runtime = &runtime};
static struct timer_list *armed;

void mod_timer(struct timer_list *timer, unsigned long expires)
{
	kernel_only();
	timer->expires = expires;
	armed = timer;
}

int snd_pcm_new(void *private_data, const struct snd_pcm_ops *ops)
{
	kernel_only();
	playback.private_data = private_data;
	playback.ops = ops;
	return 0;
}

static void fill(void)
{
	short *samples = (short *)runtime.dma_area;
	for (u32 i = 0; i < runtime.period_size; i++, runtime.appl_ptr++)
		for (u32 c = 0; c < runtime.channels; c++)
			samples[runtime.appl_ptr % runtime.buffer_size * runtime.channels + c] = runtime.appl_ptr * 10 - c;
}

void snd_pcm_period_elapsed(struct snd_pcm_substream *substream)
{
	kernel_only();
	unsigned long pos = substream->ops->pointer(substream);
	substream->runtime->hw_ptr += substream->runtime->period_size;
	report(substream->runtime->hw_ptr * 100 + pos);
	if (substream->runtime->appl_ptr < 24)
		fill();
	else if (substream->runtime->hw_ptr == substream->runtime->appl_ptr)
		report(substream->ops->trigger(substream, SNDRV_PCM_TRIGGER_STOP));
}

int later(void)
{
	report(playback.ops->open(&playback));
	runtime.dma_area = kzalloc(runtime.buffer_size * runtime.channels * sizeof(short), 0);
	fill();
	report(playback.ops->trigger(&playback, SNDRV_PCM_TRIGGER_START));
	for (int tick = 0; tick < 5; tick++) {
		report(armed->expires);
		armed->function(armed);
	}
	playback.ops->close(&playback);
	kfree(runtime.dma_area);
	return runtime.hw_ptr;
}
