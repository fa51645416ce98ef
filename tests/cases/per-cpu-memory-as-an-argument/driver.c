// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int scenario(void)
{
	struct pst *st = alloc_percpu(struct pst), *got;

	per_cpu_ptr(st, 1)->packets = 2;
	set_stats(st);
	report(sum_of_stats());
	got = get_stats();
	report(got == st);
	per_cpu_ptr(got, 6)->packets = 3;
	return sum_of_stats();
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
