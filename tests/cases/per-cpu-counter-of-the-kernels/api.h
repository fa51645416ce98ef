// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct percpu_counter {
	spinlock_t lock;
	long count;
	int *counters;
};

struct nd {
	struct percpu_counter used;
};

int percpu_counter_init(struct percpu_counter *counter, long amount);
void percpu_counter_add(struct percpu_counter *counter, long amount);
long percpu_counter_sum(struct percpu_counter *counter);
void percpu_counter_destroy(struct percpu_counter *counter);
