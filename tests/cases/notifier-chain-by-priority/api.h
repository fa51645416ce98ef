// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum { NOTIFY_DONE = 0, NOTIFY_OK = 1, NOTIFY_BAD = 0x8002 };

enum { FREQ_PRECHANGE, FREQ_POSTCHANGE };

struct notifier_block {
	int (*notifier_call)(struct notifier_block *nb, unsigned long event, void *data);
	struct notifier_block *next;
	int priority;
};

struct freqs {
	u32 cpu, old, new, flags;
};

int cpufreq_register_notifier(struct notifier_block *nb);
int cpufreq_change(u32 cpu, u32 target);
