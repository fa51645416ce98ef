// SPDX-License-Identifier: MIT
#include <linux/api.h>

int vsnprintf(char *to, size_t size, const char *format, __builtin_va_list list);

static struct object made;

static void tell(const char *text)
{
	long sum = 0;

	while (*text)
		sum = sum * 31 + *text++;
	report(sum);
}

struct object *object_make(
	const char *owner, const struct attribute *attribute, const char *format, ...)
{
	char name[32];
	__builtin_va_list list;

	kernel_only();
	__builtin_va_start(list, format);
	vsnprintf(name, sizeof name, format, list);
	__builtin_va_end(list);
	tell(name);
	made.attribute = attribute;
	made.owner = owner;
	return &made;
}

int page_text(char *page, const char *format, ...)
{
	__builtin_va_list list;
	int length;

	kernel_only();
	__builtin_va_start(list, format);
	length = vsnprintf(page, 256, format, list);
	__builtin_va_end(list);
	return length;
}

int object_log(struct object *o, const char *format, ...)
{
	char text[32];
	__builtin_va_list list;
	int length;

	kernel_only();
	__builtin_va_start(list, format);
	length = vsnprintf(text, sizeof text, format, list);
	__builtin_va_end(list);
	tell(text);
	return length;
}

int later(void)
{
	static char page[256];
	const char *format = made.value & 1 ? "odd %d %d" : "even %d";
	int length;

	/* The kernel uses these with formats of its own. */
	object_make("kernel", made.attribute, format, 4, 4);
	object_log(&made, made.attribute->name);
	length = made.attribute->show(&made, page);
	tell(page);
	length += made.attribute->store(&made, "42\n", 3);
	length += made.attribute->show(&made, page);
	tell(page);
	return length;
}
