// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct hw H = {1, 2, 8000, 48000, 64};

struct chip {
	struct pcm *pcm;
	u64 pos;
	u32 running;
	u8 peak;
};

static int op(struct sub *s)
{
	s->runtime->hw = H;
	s->runtime->hw.rate_max = 44100;
	s->runtime->priv = s->pcm->priv;
	return 0;
}

static int cl(struct sub *s)
{
	struct chip *c = s->runtime->priv;
	s->runtime->priv = NULL;
	return c->peak;
}

static int prep(struct sub *s)
{
	struct chip *c = s->runtime->priv;
	c->pos = 0;
	return s->runtime->rate > s->runtime->hw.rate_max ? -22 : 0;
}

static int trig(struct sub *s, int cmd)
{
	struct chip *c = s->runtime->priv;
	c->running = cmd;
	if (!cmd)
		return 0;
	for (u64 i = 0; i < s->runtime->bytes; i++)
		if (s->runtime->area[i] > c->peak)
			c->peak = s->runtime->area[i];
	c->pos += s->runtime->bytes / 2;
	pcm_elapsed(s);
	return 0;
}

static u64 ptr(struct sub *s)
{
	struct chip *c = s->runtime->priv;
	return c->pos;
}
static const struct pops ops = {op, cl, prep, trig, ptr};
static struct chip C;

static int x_init(void)
{
	struct pcm *p;
	int e = pcm_new("x", &p);
	if (e)
		return e;
	p->priv = &C;
	C.pcm = p;
	pcm_ops(p, &ops);
	report(C.peak);
	return 0;
}

module_init(x_init);
