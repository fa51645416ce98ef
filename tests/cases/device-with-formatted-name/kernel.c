// SPDX-License-Identifier: MIT
#include <linux/api.h>

int vsnprintf(char *to, size_t size, const char *format, __builtin_va_list arguments);

struct class *class_create(u32 first)
{
	struct class *cls = kzalloc(sizeof(*cls), 0);

	kernel_only();
	if (cls)
		cls->devices = first;
	return cls;
}

struct device *device_create(
	struct class *cls, struct device *parent, u32 devt, void *drvdata, const char *fmt, ...)
{
	struct device *d = kzalloc(sizeof(*d), 0);
	__builtin_va_list list;
	char text[20];
	int i, length;

	kernel_only();
	if (!d)
		return NULL;
	__builtin_va_start(list, fmt);
	length = vsnprintf(text, sizeof(text), fmt, list);
	__builtin_va_end(list);
	for (i = 0; i < length; i++)
		d->name = d->name * 31 + text[i];
	d->parent = parent;
	d->drvdata = drvdata;
	d->devt = devt + cls->devices++;
	return d;
}

u32 device_sum(struct device *d)
{
	kernel_only();
	return d->name + d->devt * 1000 + (d->parent ? d->parent->devt : 0);
}
