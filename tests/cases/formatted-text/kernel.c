// SPDX-License-Identifier: MIT
#include <linux/api.h>

int vsnprintf(char *to, size_t size, const char *format, __builtin_va_list arguments);

int register_device(struct device *d)
{
	kernel_only();
	report(d->say(d, "%s", "text"));
	return d->level;
}

int kernel_say(struct device *d, const char *format, ...)
{
	__builtin_va_list arguments;
	char text[80];
	int i, length;

	kernel_only();
	__builtin_va_start(arguments, format);
	length = vsnprintf(text, sizeof(text), format, arguments);
	__builtin_va_end(arguments);
	for (i = 0; i < length; i++)
		d->level = d->level * 31 + text[i];
	report(d->level);
	return length;
}
