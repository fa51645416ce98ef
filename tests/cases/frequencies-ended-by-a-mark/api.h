// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define FREQ_END (~1u)
#define FREQ_INVALID (~0u)

struct freq_entry {
	u32 flags, driver_data, frequency;
};

struct freq_policy {
	u32 cpu, min, max, cur;
	struct freq_entry *table;
	void *driver_data;

	struct {
		u32 transition_latency, max_freq;
	} info;
};

struct freq_driver {
	char name[16];
	int (*init)(struct freq_policy *p);
	int (*target_index)(struct freq_policy *p, u32 index);
	u32 (*get)(u32 cpu);
	void (*exit)(struct freq_policy *p);
	_Bool boost;
};

int freq_register(struct freq_driver *d);
struct freq_policy *freq_cpu_get(u32 cpu);
