// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dev d3 = {3, 40}, d2 = {2, 70, 0, &d3}, d1 = {1, 50, 0, &d2};

int kfor_each(int (*visit)(struct dev *dev, void *context), void *context)
{
	kernel_only();
	for (struct dev *dev = &d1; dev; dev = dev->next)
		if (visit(dev, context))
			return 1;
	return 0;
}

struct dev *kfind(const void *key, int (*match)(struct dev *dev, const void *key))
{
	kernel_only();
	for (struct dev *dev = &d1; dev; dev = dev->next)
		if (match(dev, key))
			return dev;
	return NULL;
}
