// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_stream {
	struct kpcm_sub *sub;
	u32 pos, done;
	_Bool running;
	u64 sum;
};

struct x_chip {
	struct kpcm *pcm;
	struct x_stream *streams[2];
	spinlock_t lock;
	u32 locked_rate, ticks;
};

static const struct khardware hardware[2] = {{3, 1 << 2, 8000, 48000, 1, 2, 256, 16},
	{1, 1 << 2 | 1 << 10, 8000, 96000, 2, 8, 128, 32}};

static int rule_rate(struct kparams *params, struct krule *rule)
{
	struct x_chip *chip = rule->private;
	struct kinterval *channels = kparam(params, rule->deps[0]);
	struct kinterval by = {.min = 8000, .max = 48000, .integer = 1};

	if (channels->min > 2)
		by.max = 24000;
	if (chip->locked_rate)
		by.min = by.max = chip->locked_rate;
	return kinterval_refine(kparam(params, rule->var), &by);
}

static int rule_period(struct kparams *params, struct krule *rule)
{
	struct x_stream *x = rule->private;
	struct kinterval by = {.min = 4 << x->sub->stream, .max = 16, .openmax = 1};

	return kinterval_refine(kparam(params, rule->var), &by);
}

static void runtime_free(struct kruntime *rt)
{
	struct x_stream *x = rt->private_data;

	report(x->sum);
	kfree(x);
}

static int x_open(struct kpcm_sub *s)
{
	struct x_chip *chip = s->private_data;
	struct kruntime *rt = s->runtime;
	struct x_stream *x;
	int err;

	if (chip->streams[s->stream])
		return -16;
	x = kzalloc(sizeof(*x), 0);
	x->sub = s;
	rt->hw = hardware[s->stream];
	rt->private_data = x;
	rt->private_free = runtime_free;
	err = khw_rule_add(rt, P_RATE, rule_rate, chip, P_CHANNELS);
	if (!err)
		err = khw_rule_add(rt, P_PERIOD, rule_period, x, -1);
	chip->streams[s->stream] = x;
	return err;
}

static int x_close(struct kpcm_sub *s)
{
	struct x_chip *chip = s->private_data;

	chip->streams[s->stream] = NULL;
	if (!chip->streams[!s->stream])
		chip->locked_rate = 0;
	return chip->ticks;
}

static int hw_params(struct kpcm_sub *s, struct kparams *params)
{
	struct x_chip *chip = s->private_data;

	if (chip->locked_rate && chip->locked_rate != kparam(params, P_RATE)->min)
		return -22;
	chip->locked_rate = kparam(params, P_RATE)->min;
	params->cmask |= 1 << P_RATE;
	params->reserved[3] = s->stream + 1;
	return kpcm_buffer(s, kparam(params, P_BUFFER)->max * kparam(params, P_CHANNELS)->max * 2);
}

static int prepare(struct kpcm_sub *s)
{
	struct x_stream *x = s->runtime->private_data;

	x->pos = x->done = 0;
	report(s->runtime->period_size * 1000 + s->runtime->frame_bytes);
	return s->runtime->buffer_size % s->runtime->period_size ? -22 : 0;
}

static int trigger(struct kpcm_sub *s, int cmd)
{
	struct x_stream *x = s->runtime->private_data;

	if (cmd > 1)
		return -22;
	x->running = cmd;
	return 0;
}

static u32 pointer(struct kpcm_sub *s)
{
	struct x_stream *x = s->runtime->private_data;

	return x->pos;
}

static const struct kpcm_ops ops[2] = {
	{x_open, x_close, hw_params, prepare, trigger, pointer},
	{x_open, x_close, hw_params, prepare, trigger, pointer}};

static void play(struct x_stream *x)
{
	struct kruntime *rt = x->sub->runtime;

	for (int frame = 0; frame < 3; frame++) {
		u8 *at = rt->dma_area + x->pos * rt->frame_bytes;

		for (u32 i = 0; i < rt->frame_bytes; i++) {
			if (x->sub->stream)
				at[i] = x->pos * 3 + i;
			else
				x->sum = (x->sum * 5 + at[i]) % 1000003;
		}
		x->pos = (x->pos + 1) % rt->buffer_size;
		x->done++;
	}
	if (x->done >= rt->period_size) {
		x->done -= rt->period_size;
		kperiod_elapsed(x->sub);
	}
}

static void tick(void *data)
{
	struct x_chip *chip = data;

	chip->ticks++;
	spin_lock(&chip->lock);
	for (int i = 0; i < 2; i++)
		if (chip->streams[i] && chip->streams[i]->running)
			play(chip->streams[i]);
	spin_unlock(&chip->lock);
}

static void pcm_free(struct kpcm *pcm)
{
	struct x_chip *chip = pcm->private_data;

	report(chip->ticks * 10 + (chip->streams[0] || chip->streams[1]));
	kfree(chip);
}

static int x_init(void)
{
	struct x_chip *chip = kzalloc(sizeof(*chip), 0);
	int err = kpcm_new("x-pcm", 3, &chip->pcm);

	if (err) {
		kfree(chip);
		return err;
	}
	chip->pcm->private_data = chip;
	chip->pcm->private_free = pcm_free;
	chip->pcm->id[1] = '_';
	kpcm_set_ops(chip->pcm, 0, &ops[0]);
	kpcm_set_ops(chip->pcm, 1, &ops[1]);
	return kpcm_timer(tick, chip);
}

module_init(x_init);
