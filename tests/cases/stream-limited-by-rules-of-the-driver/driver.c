// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct voice {
	struct snd_substream *substream;
	u32 pos, running, divisor, limit;
};

struct x_chip {
	struct snd_pcm *pcm;
	struct voice voices[2];
	u32 irqs, freed;
};

static struct x_chip *chip_for_free;

static int rule_rate(struct snd_params *params, struct snd_rule *rule)
{
	struct voice *voice = rule->private;
	struct snd_interval *channels = &params->intervals[rule->deps[0]];
	struct snd_interval rate = {.min = 8000, .max = voice->limit / channels->min, .integer = 1};

	if (channels->min > 2)
		params->flags |= 1u << rule->var;
	return ksnd_refine(&params->intervals[rule->var], &rate);
}

static void voice_free(struct snd_runtime *runtime)
{
	struct voice *voice = runtime->private_data;

	voice->substream = NULL;
	chip_for_free->freed++;
}

static int open_stream(struct snd_substream *s)
{
	struct x_chip *chip = s->private_data;
	struct voice *voice = &chip->voices[s->stream];
	static const struct snd_hardware hardware = {3, 8000, 96000, 8, 4, 256};

	s->runtime->hw = hardware;
	if (s->stream)
		s->runtime->hw.rate_max = 48000;
	voice->substream = s;
	voice->limit = 192000;
	s->runtime->private_data = voice;
	s->runtime->private_free = voice_free;
	return ksnd_rule_add(s->runtime, 1, rule_rate, voice, 2);
}

static int close_stream(struct snd_substream *s)
{
	return s->stream;
}

static int prepare(struct snd_substream *s)
{
	struct snd_runtime *runtime = s->runtime;
	struct voice *voice = runtime->private_data;

	voice->pos = 0;
	voice->divisor = 192000 / runtime->rate;
	report(voice->divisor);
	for (u32 i = 0; i < runtime->period_size; i++)
		runtime->dma_area[i] = i + s->stream;
	return 0;
}

static int trigger(struct snd_substream *s, int cmd)
{
	struct voice *voice = s->runtime->private_data;

	switch (cmd) {
	case 0:
		voice->running = 0;
		return 0;
	case 1:
		voice->running = 1;
		return 0;
	default:
		return -22;
	}
}

static unsigned long pointer(struct snd_substream *s)
{
	struct voice *voice = s->runtime->private_data;

	return voice->pos % s->runtime->dma_bytes;
}

static const struct snd_pcm_ops ops = {open_stream, close_stream, prepare, trigger, pointer};

static int irq(int n, void *data)
{
	struct x_chip *chip = data;

	chip->irqs++;
	for (int i = 0; i < 2; i++) {
		struct voice *voice = &chip->voices[i];

		if (!voice->substream || !voice->running)
			continue;
		voice->pos += voice->substream->runtime->period_size;
		ksnd_period_elapsed(voice->substream);
	}
	return chip->irqs;
}

static int x_init(void)
{
	struct x_chip *chip = kzalloc(sizeof(*chip), 0);
	int err = ksnd_pcm_new("xpcm", &chip->pcm);

	if (err < 0)
		return err;
	chip_for_free = chip;
	chip->pcm->private_data = chip;
	ksnd_set_ops(chip->pcm, 0, &ops);
	ksnd_set_ops(chip->pcm, 1, &ops);
	for (int i = 0; i < 5; i++)
		chip->pcm->name[i] = "XSND"[i];
	report(chip->pcm->streams[1].stream);
	return ksnd_request_irq(irq, chip);
}

module_init(x_init);
