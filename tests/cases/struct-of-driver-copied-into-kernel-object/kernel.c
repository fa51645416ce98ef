// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct pcm P;
static struct sub S;
static const struct pops *O;
static u64 elapsed;

int pcm_new(const char *name, struct pcm **out)
{
	kernel_only();
	P.name = name;
	*out = &P;
	return 0;
}

void pcm_elapsed(struct sub *s)
{
	kernel_only();
	elapsed += s->ops->pointer(s);
}

static void play(u32 rate)
{
	struct runtime *r = kzalloc(sizeof(*r), 0);
	S.pcm = &P, S.runtime = r, S.ops = O;
	report(O->open(&S));
	report(r->hw.rate_max);
	r->rate = rate;
	r->bytes = r->hw.bytes_max;
	r->area = kzalloc(r->bytes, 0);
	for (u64 i = 0; i < r->bytes; i++)
		r->area[i] = i * 3;
	report(O->prepare(&S));
	report(O->trigger(&S, 1));
	report(elapsed);
	report(O->close(&S));
	kfree(r->area);
	kfree(r);
}

void pcm_ops(struct pcm *p, const struct pops *ops)
{
	kernel_only();
	O = ops;
	play(8000);
}

int later(void)
{
	play(96000);
	return 0;
}
