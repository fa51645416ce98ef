// SPDX-License-Identifier: MIT
#include <linux/api.h>

int x_say(struct device *d, const char *format, ...)
{
	__builtin_va_list arguments;
	const char *text;

	__builtin_va_start(arguments, format);
	text = format[1] == 's' ? __builtin_va_arg(arguments, const char *) : "";
	__builtin_va_end(arguments);
	kernel_say(d, "%s from %s, %d%%", text, "the driver", -7);
	return kernel_say(d, "nothing follows");
}

static int scenario(void)
{
	struct device *d = kzalloc(sizeof *d, 0);
	if (!d)
		return -1;
	d->say = x_say;
	return register_device(d);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}
module_init(x_init);
