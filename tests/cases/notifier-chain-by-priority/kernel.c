// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u32 current_freq[2] = {500, 500}, audits;

static int audit_call(struct notifier_block *nb, unsigned long event, void *data)
{
	struct freqs *f = data;
	audits = audits * 2 + f->new / 100 + event;
	f->flags |= f->cpu;
	return NOTIFY_OK;
}

static struct notifier_block audit = {audit_call, NULL, 10};
static struct notifier_block *chain = &audit;

int cpufreq_register_notifier(struct notifier_block *nb)
{
	struct notifier_block **p = &chain;
	int place = 0;
	kernel_only();
	for (; *p && (*p)->priority >= nb->priority; p = &(*p)->next)
		place++;
	nb->next = *p;
	*p = nb;
	return place;
}

static int notify(unsigned long event, struct freqs *f)
{
	int ret = NOTIFY_DONE;
	for (struct notifier_block *nb = chain; nb && !(ret & 0x8000); nb = nb->next)
		ret = nb->notifier_call(nb, event, f);
	return ret;
}

int cpufreq_change(u32 cpu, u32 target)
{
	struct freqs f = {cpu, current_freq[cpu], target, 0};
	kernel_only();
	if (notify(FREQ_PRECHANGE, &f) == NOTIFY_BAD)
		return -16;
	current_freq[cpu] = f.new;
	notify(FREQ_POSTCHANGE, &f);
	return f.new + audits % 100;
}
