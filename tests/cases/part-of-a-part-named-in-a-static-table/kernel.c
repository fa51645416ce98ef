// SPDX-License-Identifier: MIT
#include <linux/api.h>

int sysfs_count_writable(struct attribute **attrs)
{
	int sum = 0;
	kernel_only();
	for (int i = 0; attrs[i]; i++) {
		struct device_attribute *a = container_of(attrs[i], struct device_attribute, attr);
		sum = sum * 1000 + a->attr.mode;
	}
	return sum;
}
