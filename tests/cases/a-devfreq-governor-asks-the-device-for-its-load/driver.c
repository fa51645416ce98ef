// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct tuning {
	unsigned up, boosts;
};

struct gpu {
	unsigned long rate;
	int load_index;
};

static const unsigned loads[] = {95, 90, 20, 60};

static int gpu_target(struct device *dev, unsigned long *freq, u32 flags)
{
	struct gpu *gpu = dev->driver_data;
	gpu->rate = *freq = flags & 1 ? *freq / 100 * 100 : (*freq + 99) / 100 * 100;
	return 0;
}

static int gpu_status(struct device *dev, struct devfreq_dev_status *stat)
{
	struct gpu *gpu = dev->driver_data;
	*stat = (struct devfreq_dev_status){100, loads[gpu->load_index++ % 4], gpu->rate};
	return 0;
}

static int tuned_target(struct devfreq *df, unsigned long *freq)
{
	struct tuning *t = df->data;
	struct devfreq_dev_status *stat = &df->last_status;
	int err = devfreq_update_stats(df);
	if (err)
		return err;
	*freq = stat->current_frequency / (stat->busy_time < 40 ? 3 : 1);
	if (stat->busy_time * 100 <= stat->total_time * t->up)
		return 0;
	*freq = df->profile->freq_table[df->profile->max_state - 1];
	t->boosts++;
	return 0;
}

static int tuned_event(struct devfreq *df, unsigned event, void *data)
{
	if (event == 2)
		((struct tuning *)df->data)->up = *(unsigned *)data;
	return event > 2 ? -22 : 0;
}
static struct devfreq_governor tuned = {"tuned", tuned_target, tuned_event};
static unsigned long rates[] = {100, 250, 400, 800};
static struct devfreq_dev_profile profile = {400, gpu_target, gpu_status, rates, 4};
static struct device gpu_dev;

static int gpu_init(void)
{
	struct gpu *gpu = gpu_dev.driver_data = kzalloc(sizeof(*gpu), 0);
	struct tuning *t = kzalloc(sizeof(*t), 0);
	struct devfreq *df = devfreq_add_device(&gpu_dev, &profile, "none", t);
	gpu->rate = 400, t->up = 92;
	for (int i = 0; i < 2; i++)
		report(devfreq_add_governor(&tuned));
	if (df)
		return -17;
	df = devfreq_add_device(&gpu_dev, &profile, "tuned", t);
	for (int i = 0; i < 3; i++)
		update_devfreq(df), report(gpu->rate * 10000 + df->previous_freq);
	report(df->stats.total_trans * 100 + df->stats.time_in_state[3] * 10 + t->boosts);
	return 0;
}

module_init(gpu_init);
