// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct snd_pcm *the_pcm;
static int (*handler)(int irq, void *data);
static void *cookie;

int ksnd_pcm_new(const char *id, struct snd_pcm **pcm)
{
	struct snd_pcm *p = kzalloc(sizeof(*p), 0);

	kernel_only();
	for (int i = 0; i < 2; i++) {
		p->streams[i].pcm = p;
		p->streams[i].stream = i;
	}
	report(id[3]);
	*pcm = the_pcm = p;
	return 0;
}

void ksnd_set_ops(struct snd_pcm *pcm, int stream, const struct snd_pcm_ops *ops)
{
	kernel_only();
	pcm->streams[stream].ops = ops;
}

int ksnd_rule_add(struct snd_runtime *runtime, int var,
	int (*func)(struct snd_params *params, struct snd_rule *rule), void *private, int dep)
{
	struct snd_rule *rule = &runtime->rules[runtime->rules_num++];

	kernel_only();
	rule->func = func;
	rule->var = var;
	rule->deps[0] = dep;
	rule->deps[1] = -1;
	rule->private = private;
	return 0;
}

int ksnd_refine(struct snd_interval *i, const struct snd_interval *v)
{
	int changed = 0;

	kernel_only();
	if (i->min < v->min) {
		i->min = v->min;
		changed = 1;
	}
	if (i->max > v->max) {
		i->max = v->max;
		changed = 1;
	}
	if (v->integer && !i->integer)
		i->integer = changed = 1;
	i->empty = i->min > i->max;
	return i->empty ? -22 : changed;
}

void ksnd_period_elapsed(struct snd_substream *s)
{
	kernel_only();
	s->runtime->hw_ptr = s->ops->pointer(s);
	report(s->stream * 1000 + s->runtime->hw_ptr);
	if (s->runtime->hw_ptr == 0)
		report(s->ops->trigger(s, 0));
}

int ksnd_request_irq(int (*h)(int irq, void *data), void *data)
{
	kernel_only();
	handler = h;
	cookie = data;
	return 0;
}

static int start(int stream, u32 channels)
{
	struct snd_substream *s = &the_pcm->streams[stream];
	struct snd_params params = {0, {{0, 0}, {0, 0}, {channels, channels}}};
	struct snd_runtime *r;
	int err;

	s->private_data = the_pcm->private_data;
	s->runtime = r = kzalloc(sizeof(*r), 0);
	err = s->ops->open(s);
	if (err < 0)
		return err;
	params.intervals[1].min = r->hw.rate_min;
	params.intervals[1].max = r->hw.rate_max;
	for (int i = 0; i < r->rules_num; i++) {
		err = r->rules[i].func(&params, &r->rules[i]);
		report(err);
		if (err < 0)
			return err;
	}
	r->rate = params.intervals[1].max;
	r->period_size = r->hw.buffer_bytes_max / r->hw.periods_max;
	r->dma_bytes = r->hw.buffer_bytes_max;
	r->dma_area = kzalloc(r->dma_bytes, 0);
	report(r->rate + params.flags);
	err = s->ops->prepare(s);
	report(r->dma_area[10] + r->dma_area[63]);
	report(s->ops->trigger(s, 7));
	return err ? err : s->ops->trigger(s, 1);
}

int later(void)
{
	report(start(0, 2));
	report(start(1, 8));
	for (int i = 0; i < 5; i++)
		report(handler(5, cookie));
	for (int i = 0; i < 2; i++) {
		struct snd_substream *s = &the_pcm->streams[i];

		report(s->ops->close(s));
		if (s->runtime->private_free)
			s->runtime->private_free(s->runtime);
		kfree(s->runtime->dma_area);
		kfree(s->runtime);
		s->runtime = NULL;
	}
	report(handler(5, cookie));
	return the_pcm->name[1];
}
