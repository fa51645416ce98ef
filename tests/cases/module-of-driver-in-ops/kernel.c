// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct module __this_module = {.state = 1, .name = "x"};

static int get(struct module *owner)
{
	if (!owner || owner->state != 1)
		return 0;
	owner->users++;
	return 1;
}

int register_device(struct device *d)
{
	kernel_only();
	if (!get(d->ops->owner))
		return -1000;
	return 10 * d->ops->open(d);
}

int open_device(struct device *d, struct module *by)
{
	kernel_only();
	if (!get(by))
		return -1000;
	return 100 * (by == d->ops->owner) + 1000 * by->users;
}
