// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>
int strcmp(const char *a, const char *b);

struct device {
	void *driver_data;
};

struct devfreq_dev_status {
	unsigned long total_time, busy_time, current_frequency;
};

struct devfreq_dev_profile {
	unsigned long initial_freq;
	int (*target)(struct device *dev, unsigned long *freq, u32 flags);
	int (*get_dev_status)(struct device *dev, struct devfreq_dev_status *stat);
	unsigned long *freq_table;
	unsigned max_state;
};

struct devfreq {
	struct mutex lock;
	struct device *dev;
	struct devfreq_dev_profile *profile;
	const struct devfreq_governor *governor;
	unsigned long previous_freq;
	struct devfreq_dev_status last_status;
	void *data;

	struct {
		unsigned total_trans;
		unsigned *time_in_state;
	} stats;
};

struct devfreq_governor {
	const char name[16];
	int (*get_target_freq)(struct devfreq *df, unsigned long *freq);
	int (*event_handler)(struct devfreq *df, unsigned event, void *data);
	struct list_head node;
};

int devfreq_add_governor(struct devfreq_governor *governor);
struct devfreq *devfreq_add_device(
	struct device *dev, struct devfreq_dev_profile *profile, const char *governor, void *data);
int devfreq_update_stats(struct devfreq *df);
int update_devfreq(struct devfreq *df);
