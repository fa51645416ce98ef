// SPDX-License-Identifier: MIT
#include <linux/api.h>

int make_queue(const char *format, u32 flags, int most, ...)
{
	const char *name = format;
	int length = 0;

	kernel_only();
	if (format[0] == '%' && format[1] == 's') {
		__builtin_va_list ap;
		__builtin_va_start(ap, most);
		name = __builtin_va_arg(ap, const char *);
		__builtin_va_end(ap);
	}
	while (name[length])
		length++;
	return length + flags + most;
}
