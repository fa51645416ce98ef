// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct dummy_chip {
	int opened, volume;
};

struct dummy_pcm {
	struct dummy_chip *chip;
	struct snd_pcm_substream *substream;
	struct timer_list timer;
	unsigned long pos;
	long running, level;
};

static void dummy_tick(struct timer_list *timer)
{
	struct dummy_pcm *dpcm = container_of(timer, struct dummy_pcm, timer);
	struct snd_pcm_runtime *runtime = dpcm->substream->runtime;
	for (int frame = 0; frame < 6 && dpcm->running; frame++) {
		for (u32 c = 0; c < runtime->channels; c++)
			dpcm->level += ((short *)runtime->dma_area)[dpcm->pos * runtime->channels + c] * dpcm->chip->volume;
		dpcm->pos = (dpcm->pos + 1) % runtime->buffer_size;
		if (dpcm->pos % runtime->period_size == 0)
			snd_pcm_period_elapsed(dpcm->substream);
	}
	if (dpcm->running)
		mod_timer(timer, timer->expires + 10);
}

static int dummy_open(struct snd_pcm_substream *substream)
{
	struct dummy_pcm *dpcm = kzalloc(sizeof(*dpcm), 0);
	if (!dpcm)
		return -12;
	*dpcm = (struct dummy_pcm){substream->private_data, substream, {.function = dummy_tick}, .level = 0};
	dpcm->chip->volume += 2 + ++dpcm->chip->opened;
	substream->runtime->private_data = dpcm;
	substream->runtime->channels = 2;
	return 0;
}

static void dummy_close(struct snd_pcm_substream *substream)
{
	struct dummy_pcm *dpcm = substream->runtime->private_data;
	report(dpcm->level);
	kfree(dpcm);
}

static int dummy_trigger(struct snd_pcm_substream *substream, int cmd)
{
	struct dummy_pcm *dpcm = substream->runtime->private_data;
	dpcm->running = cmd == SNDRV_PCM_TRIGGER_START;
	if (dpcm->running)
		mod_timer(&dpcm->timer, 100 + dpcm->pos);
	return dpcm->chip->opened;
}

static unsigned long dummy_pointer(struct snd_pcm_substream *substream)
{
	return ((struct dummy_pcm *)substream->runtime->private_data)->pos;
}

static const struct snd_pcm_ops dummy_ops = {dummy_open, dummy_close, dummy_trigger, dummy_pointer};

static int dummy_init(void)
{
	struct dummy_chip *chip = kzalloc(sizeof(*chip), 0);
	return chip ? snd_pcm_new(chip, &dummy_ops) : -12;
}

module_init(dummy_init);
