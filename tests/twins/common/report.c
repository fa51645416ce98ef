// SPDX-License-Identifier: MIT
// The part of the kernel that all pairs have.
#include <linux/k.h>

int trace_place[4096];
long trace_value[4096];
int traced;
int kernel_calls;

void report(int place, long value)
{
	kernel_only();
	if (traced == 4096)
		return;
	trace_place[traced] = place;
	trace_value[traced] = value;
	traced++;
}
