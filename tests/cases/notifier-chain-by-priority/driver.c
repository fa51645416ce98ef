// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_dev {
	u32 base;
	struct notifier_block scale;
	u32 prescaler[2], events;
};

static struct notifier_block x_limit;
static u32 x_max = 900;

static int x_scale_call(struct notifier_block *nb, unsigned long event, void *data)
{
	struct x_dev *x = container_of(nb, struct x_dev, scale);
	const struct freqs *f = data;
	x->events++;
	if (event == FREQ_PRECHANGE && f->new <= f->old)
		return NOTIFY_DONE;
	x->prescaler[f->cpu] = f->new / x->base + f->flags;
	return NOTIFY_OK;
}

static int x_limit_call(struct notifier_block *nb, unsigned long event, void *data)
{
	struct freqs *f = data;
	if (event != FREQ_PRECHANGE)
		return NOTIFY_DONE;
	if (f->new > 2 * x_max)
		return NOTIFY_BAD;
	f->new = f->new > x_max ? x_max : f->new;
	return NOTIFY_OK;
}

static int x_init(void)
{
	struct x_dev *x = kzalloc(sizeof *x, 0);
	x->base = 10;
	x->scale.notifier_call = x_scale_call;
	x_limit.notifier_call = x_limit_call;
	x_limit.priority = 20;
	cpufreq_register_notifier(&x->scale);
	report(cpufreq_register_notifier(&x_limit));
	report(cpufreq_change(1, 1000));
	report(cpufreq_change(0, 300));
	report(cpufreq_change(0, 2000));
	report(x->prescaler[1] * 1000 + x->prescaler[0] * 10 + x->events);
	return 0;
}
module_init(x_init);
