// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kpcm card;
static struct kpcm_sub subs[2];
static void (*timer)(void *data);
static void *timer_data;
static u32 elapsed[2];

int kpcm_new(const char *id, int device, struct kpcm **to)
{
	kernel_only();
	card.device = device;
	for (int i = 0; id[i] && i < 11; i++)
		card.id[i] = id[i];
	*to = &card;
	return 0;
}

void kpcm_set_ops(struct kpcm *pcm, int stream, const struct kpcm_ops *ops)
{
	kernel_only();
	subs[stream].pcm = pcm;
	subs[stream].stream = stream;
	subs[stream].ops = ops;
	report(pcm->id[1] * 10 + stream);
}

int kpcm_timer(void (*tick)(void *data), void *data)
{
	kernel_only();
	timer = tick;
	timer_data = data;
	return 0;
}

int khw_rule_add(struct kruntime *rt, int var, int (*func)(struct kparams *, struct krule *),
	void *private, int dep)
{
	struct krule *r = &rt->rules[rt->nrules];

	kernel_only();
	if (rt->nrules == 4)
		return -12;
	rt->nrules++;
	r->func = func;
	r->var = var;
	r->private = private;
	r->deps[0] = dep;
	r->deps[1] = -1;
	return 0;
}

int kinterval_refine(struct kinterval *i, const struct kinterval *by)
{
	u32 min = i->min, max = i->max;

	if (by->min > i->min)
		i->min = by->min;
	if (by->max < i->max) {
		i->max = by->max;
		i->openmax = by->openmax;
	}
	if (by->integer)
		i->integer = 1;
	if (i->openmax && i->integer) {
		i->max--;
		i->openmax = 0;
	}
	if (i->min > i->max) {
		i->empty = 1;
		return -22;
	}
	return min != i->min || max != i->max;
}

int kpcm_buffer(struct kpcm_sub *s, size_t size)
{
	kernel_only();
	if (size > s->runtime->hw.buffer_bytes_max)
		return -12;
	kfree(s->runtime->dma_area);
	s->runtime->dma_area = kzalloc(size, 0);
	s->runtime->dma_bytes = size;
	return 1;
}

void kperiod_elapsed(struct kpcm_sub *s)
{
	kernel_only();
	elapsed[s->stream]++;
	report(s->stream * 1000 + s->ops->pointer(s));
}

static int open(int i)
{
	subs[i].runtime = kzalloc(sizeof(struct kruntime), 0);
	subs[i].private_data = card.private_data;
	return subs[i].ops->open(&subs[i]);
}

static int params(int i, u32 rate, u32 channels, u32 period, u32 periods)
{
	struct kruntime *rt = subs[i].runtime;
	struct kparams p = {.formats = rt->hw.formats};
	int err;

	p.intervals[P_RATE] = (struct kinterval){rate, rt->hw.rate_max};
	p.intervals[P_CHANNELS] = (struct kinterval){channels, channels};
	p.intervals[P_PERIOD] = (struct kinterval){period, 64, 0, 0, 1};
	p.intervals[P_BUFFER] = (struct kinterval){period * periods, period * periods};
	for (u32 r = 0; r < rt->nrules; r++) {
		err = rt->rules[r].func(&p, &rt->rules[r]);
		report(err);
		if (err < 0)
			return err;
	}
	for (int v = 0; v < P_COUNT; v++)
		report(p.intervals[v].min + p.intervals[v].max * 3 + p.intervals[v].empty);
	err = subs[i].ops->hw_params(&subs[i], &p);
	rt->rate = p.intervals[P_RATE].min;
	rt->channels = channels;
	rt->frame_bytes = 2 * channels;
	rt->period_size = p.intervals[P_PERIOD].min;
	rt->buffer_size = period * periods;
	report(p.cmask * 10 + p.reserved[3]);
	return err;
}

static void close(int i)
{
	struct kruntime *rt = subs[i].runtime;

	report(subs[i].ops->close(&subs[i]));
	for (size_t k = 0; k < rt->dma_bytes && i; k += 11)
		report(rt->dma_area[k]);
	rt->private_free(rt);
	kfree(rt->dma_area);
	kfree(rt);
}

int later(void)
{
	report(open(0));
	report(subs[0].ops->open(&subs[0]));
	report(open(1));
	report(params(0, 16000, 1, 7, 4));
	report(params(1, 8000, 4, 8, 2));
	for (u32 k = 0; k < subs[0].runtime->dma_bytes; k++)
		subs[0].runtime->dma_area[k] = k * 7 + 1;
	for (int i = 0; i < 2; i++) {
		report(subs[i].ops->prepare(&subs[i]));
		report(subs[i].ops->trigger(&subs[i], i + 1));
		report(subs[i].ops->trigger(&subs[i], 1));
	}
	for (int i = 0; i < 11; i++)
		timer(timer_data);
	report(subs[1].ops->trigger(&subs[1], 0));
	for (int i = 0; i < 3; i++)
		timer(timer_data);
	close(0);
	close(1);
	card.private_free(&card);
	return elapsed[0] * 10 + elapsed[1];
}
