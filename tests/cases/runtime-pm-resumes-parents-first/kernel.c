// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kdevice *last;

void kdevice_add(struct kdevice *dev, struct kdevice *parent)
{
	kernel_only();
	dev->parent = parent;
	last = dev;
}

int kpm_get(struct kdevice *dev)
{
	int status;
	kernel_only();
	if (dev->usage++ || dev->active)
		return 1;
	if (dev->parent) {
		kpm_get(dev->parent);
		dev->parent->children++;
	}
	status = dev->resume(dev);
	dev->active = !status;
	return status;
}

int kpm_put(struct kdevice *dev)
{
	int status;
	kernel_only();
	if (--dev->usage)
		return dev->usage;
	status = dev->suspend(dev);
	if (status)
		return status;
	dev->active = 0;
	if (!dev->parent)
		return 0;
	dev->parent->children--;
	return kpm_put(dev->parent);
}

int later(void)
{
	int status = kpm_get(last) * 10;
	kernel_only();
	status += kpm_put(last->parent);
	status = status * 10 + kpm_put(last);
	return status * 100 + last->parent->parent->active * 10 + last->usage;
}
