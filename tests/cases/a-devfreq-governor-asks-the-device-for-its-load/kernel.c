// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct list_head governors = {&governors, &governors};
static struct devfreq *only;
static unsigned new_threshold = 50;

static const struct devfreq_governor *find(const char *name)
{
	for (struct list_head *at = governors.next; at != &governors; at = at->next)
		if (!strcmp(container_of(at, struct devfreq_governor, node)->name, name))
			return container_of(at, struct devfreq_governor, node);
	return NULL;
}

int devfreq_add_governor(struct devfreq_governor *governor)
{
	kernel_only();
	if (find(governor->name))
		return -22;
	governor->node = (struct list_head){governors.next, &governors};
	governors.next->prev = &governor->node;
	governors.next = &governor->node;
	return 0;
}

struct devfreq *devfreq_add_device(
	struct device *dev, struct devfreq_dev_profile *profile, const char *governor, void *data)
{
	const struct devfreq_governor *found = find(governor);
	kernel_only();
	if (!found || found->event_handler(NULL, 0, NULL))
		return NULL;
	only = kzalloc(sizeof(*only), 0);
	*only = (struct devfreq){{0}, dev, profile, found, profile->initial_freq, {0}, data};
	only->stats.time_in_state = kzalloc(profile->max_state * sizeof(unsigned), 0);
	return only;
}

int devfreq_update_stats(struct devfreq *df)
{
	kernel_only();
	return df->profile->get_dev_status(df->dev, &df->last_status);
}

int update_devfreq(struct devfreq *df)
{
	unsigned long freq = 0, level = 0;
	int err;
	kernel_only();
	mutex_lock(&df->lock);
	err = df->governor->get_target_freq(df, &freq);
	if (!err)
		err = df->profile->target(df->dev, &freq, freq < df->previous_freq);
	while (level < df->profile->max_state - 1 && df->profile->freq_table[level] < freq)
		level++;
	df->stats.time_in_state[level]++;
	df->stats.total_trans += freq != df->previous_freq;
	df->previous_freq = freq;
	mutex_unlock(&df->lock);
	return err;
}

int later(void)
{
	report(only->governor->event_handler(only, 2, &new_threshold));
	report(update_devfreq(only));
	return only->previous_freq + only->last_status.busy_time;
}
