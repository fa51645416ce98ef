// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define KCPUFREQ_INVALID (~1u)
#define KCPUFREQ_END (~0u)

struct kfreq {
	u32 flags, driver_data, frequency;
};

struct kpolicy {
	u32 cpu, min, max, cur;
	struct kfreq *table;
	void *driver_data;
};

struct kcpufreq_driver {
	int (*init)(struct kpolicy *policy);
	int (*target)(struct kpolicy *policy, u32 index);
};

int kcpufreq_register(const struct kcpufreq_driver *driver);
int kcpufreq_set(u32 cpu, u32 frequency);
