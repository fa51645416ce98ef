// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct freq_driver *driver;
static struct freq_policy policies[2] = {{0}, {1}};

struct freq_policy *freq_cpu_get(u32 cpu)
{
	kernel_only();
	return cpu < 2 ? &policies[cpu] : NULL;
}

static void verify(struct freq_policy *p)
{
	p->min = ~0u;
	p->max = 0;
	for (struct freq_entry *e = p->table; e->frequency != FREQ_END; e++) {
		if (e->frequency == FREQ_INVALID)
			continue;
		if (e->flags & 1)
			driver->boost = 1;
		if (e->frequency < p->min)
			p->min = e->frequency;
		if (e->frequency > p->max)
			p->max = e->frequency;
	}
	p->info.max_freq = p->max;
}

static int target(struct freq_policy *p, u32 freq)
{
	u32 best = 0, at = 0;

	for (u32 i = 0; p->table[i].frequency != FREQ_END; i++) {
		u32 f = p->table[i].frequency;

		if (f != FREQ_INVALID && f <= freq && f >= best) {
			best = f;
			at = i;
		}
	}
	p->cur = best;
	p->table[0].flags |= 1u << at;
	return driver->target_index(p, at);
}

int freq_register(struct freq_driver *d)
{
	kernel_only();
	driver = d;
	for (int i = 0; i < 2; i++) {
		report(d->init(&policies[i]));
		verify(&policies[i]);
		report(policies[i].min / 1000 + policies[i].max);
		report(target(&policies[i], 900000));
	}
	return d->name[1] == '-' ? 0 : -22;
}

int later(void)
{
	for (int i = 0; i < 2; i++) {
		struct freq_policy *p = &policies[i];

		report(target(p, 650000));
		report(p->cur);
		report(target(p, 2000000));
		verify(p);
		report(target(p, 500000));
		report(driver->get(i));
		driver->exit(p);
	}
	return policies[0].table == NULL;
}
