// SPDX-License-Identifier: MIT
#include "device.h"

void *kmalloc(unsigned long size, unsigned int how);

static int generation;

struct device *make_device(void (*setup)(struct device *device))
{
	struct device *device = kmalloc(sizeof(*device), 0);

	setup(device);
	return device;
}

int device_tick(struct device *device)
{
	spin_lock(&device->lock);
	device->level++;
	device->seen = device->level;
	spin_unlock(&device->lock);
	return generation++;
}
