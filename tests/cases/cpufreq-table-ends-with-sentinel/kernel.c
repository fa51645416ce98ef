// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct kcpufreq_driver *driver;
static struct kpolicy policies[2];

int kcpufreq_register(const struct kcpufreq_driver *d)
{
	int rows = 0;
	kernel_only();
	driver = d;
	for (u32 cpu = 0; cpu < 2; cpu++) {
		struct kpolicy *p = &policies[cpu];
		p->cpu = cpu;
		p->min = ~0u;
		d->init(p);
		for (struct kfreq *f = p->table; f->frequency != KCPUFREQ_END; f++, rows++) {
			if (f->frequency == KCPUFREQ_INVALID)
				continue;
			p->min = f->frequency < p->min ? f->frequency : p->min;
			p->max = f->frequency > p->max ? f->frequency : p->max;
		}
	}
	return rows * 10000 + policies[0].max + policies[1].min;
}

int kcpufreq_set(u32 cpu, u32 frequency)
{
	struct kpolicy *p = &policies[cpu];
	u32 best = 0;
	kernel_only();
	for (u32 i = 0; p->table[i].frequency != KCPUFREQ_END; i++) {
		if (p->table[i].frequency <= frequency)
			best = i;
	}
	p->table[best].flags += 2;
	p->max = frequency;
	return driver->target(p, best);
}

int later(void)
{
	int set = kcpufreq_set(0, 1000);
	kernel_only();
	return set * 100 + policies[0].cur;
}
