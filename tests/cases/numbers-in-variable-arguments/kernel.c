// SPDX-License-Identifier: MIT
#include <linux/api.h>

long ksum(const char *what, ...)
{
	__builtin_va_list list;
	long sum;

	kernel_only();
	__builtin_va_start(list, what);
	sum = __builtin_va_arg(list, int);
	sum = sum * 3 + __builtin_va_arg(list, long);
	sum = sum * 3 + __builtin_va_arg(list, u64);
	sum = sum * 3 + __builtin_va_arg(list, int);
	__builtin_va_end(list);
	return sum + what[0];
}
