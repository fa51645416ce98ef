// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct perf_event_attr {
	u32 type;
	u64 config, sample_period;
};

struct hw_perf_event {
	int idx;
	u64 prev_count, period_left;
};

struct perf_event {
	struct pmu *pmu;
	struct perf_event_attr attr;
	struct hw_perf_event hw;
	u64 count;
	void (*overflow_handler)(struct perf_event *event, u64 ip);
	void *overflow_handler_context;
};

struct pmu {
	const char *name;
	int type;
	int (*event_init)(struct perf_event *event);
	int (*add)(struct perf_event *event, int flags);
	void (*del)(struct perf_event *event, int flags);
	void (*read)(struct perf_event *event);
};

int perf_pmu_register(struct pmu *pmu, const char *name, int type);
int perf_event_overflow(struct perf_event *event, u64 ip);
void request_irq(int (*handler)(int irq, void *data), void *data);
