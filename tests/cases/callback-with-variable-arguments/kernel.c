// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct device other;

int register_device(struct device *d)
{
	kernel_only();
	other.level = 10;
	other.mode = 40;
	report(d->tell(d, 7, &other, 500));
	return other.level;
}
