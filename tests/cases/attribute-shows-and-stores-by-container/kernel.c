// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct device *target;
static struct attribute **files;

static int write_string(u32 file, const char *text, size_t n)
{
	struct device_attribute *a = container_of(files[file], struct device_attribute, attr);
	return a->attr.mode & 0200 ? a->store(target, a, text, n) : -13;
}

int sysfs_create_files(struct device *dev, struct attribute **attrs)
{
	kernel_only();
	target = dev;
	files = attrs;
	write_string(1, "94\n", 3);
	return write_string(0, "310\n", 4) * 100 + write_string(2, "1", 1);
}

void sysfs_notify(struct device *dev, const char *name)
{
	kernel_only();
	dev->events = dev->events * 2 + name[1];
}

long sysfs_emit_hex(char *buf, u32 value)
{
	kernel_only();
	for (int i = 0; i < 4; i++)
		buf[i] = "0123456789abcdef"[value >> (12 - 4 * i) & 15];
	return 4;
}

int later(void)
{
	char page[8] = "";
	int sum = 0;
	kernel_only();
	write_string(0, "25", 2);
	for (u32 i = 0; files[i]; i++) {
		struct device_attribute *a = container_of(files[i], struct device_attribute, attr);
		long n = a->show(target, a, page);
		sum = sum * 20 + page[n - 1] + page[n - 2] * 2;
	}
	return sum * 10 + target->events;
}
