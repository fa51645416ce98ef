// SPDX-License-Identifier: MIT
#include <linux/api.h>

int x_open(struct device *d)
{
	return d->level;
}

static const struct ops x_ops = {.owner = THIS_MODULE, .open = x_open};

static int scenario(void)
{
	struct device *d = kzalloc(sizeof *d, 0);
	if (!d)
		return -1;
	d->ops = &x_ops;
	d->level = 3;
	return register_device(d) + open_device(d, THIS_MODULE);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}
module_init(x_init);
