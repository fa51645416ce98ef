// SPDX-License-Identifier: MIT
#include <linux/api.h>

int percpu_counter_init(struct percpu_counter *counter, long amount)
{
	kernel_only();
	counter->count = amount;
	counter->counters = alloc_percpu(int);
	return 0;
}

void percpu_counter_add(struct percpu_counter *counter, long amount)
{
	int *mine = per_cpu_ptr(counter->counters, 3);

	kernel_only();
	*mine += amount;
	if (*mine < 32)
		return;
	spin_lock(&counter->lock);
	counter->count += *mine;
	*mine = 0;
	spin_unlock(&counter->lock);
}

long percpu_counter_sum(struct percpu_counter *counter)
{
	long sum = counter->count, cpu;

	kernel_only();
	for_each_possible_cpu(cpu) sum += *per_cpu_ptr(counter->counters, cpu);
	return sum;
}

void percpu_counter_destroy(struct percpu_counter *counter)
{
	kernel_only();
	free_percpu(counter->counters);
	counter->counters = NULL;
}
