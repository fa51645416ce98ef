// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct devres {
	struct list_head entry;
	release_t release;
	u64 data[];
};

static struct device device = {"x0", {&device.devres, &device.devres}, 4};

struct device *the_device(void)
{
	kernel_only();
	return &device;
}

void *devres_alloc(release_t release, size_t size)
{
	struct devres *dr = kzalloc(sizeof(*dr) + size, 0);

	kernel_only();
	dr->release = release;
	return dr->data;
}

void devres_free(void *res)
{
	kernel_only();
	kfree(container_of(res, struct devres, data));
}

void devres_add(struct device *dev, void *res)
{
	struct devres *dr = container_of(res, struct devres, data);

	kernel_only();
	dr->entry.prev = dev->devres.prev;
	dr->entry.next = &dev->devres;
	dev->devres.prev->next = &dr->entry;
	dev->devres.prev = &dr->entry;
	dev->refs++;
}

void *devres_find(struct device *dev, release_t release, match_t match, void *data)
{
	kernel_only();
	for (struct list_head *n = dev->devres.prev; n != &dev->devres; n = n->prev) {
		struct devres *dr = container_of(n, struct devres, entry);

		if (dr->release == release && (!match || match(dev, dr->data, data)))
			return dr->data;
	}
	return NULL;
}

static void drop(struct device *dev, struct devres *dr)
{
	dr->entry.prev->next = dr->entry.next;
	dr->entry.next->prev = dr->entry.prev;
	dr->release(dev, dr->data);
	dev->refs--;
	kfree(dr);
}

int devres_release(struct device *dev, release_t release, match_t match, void *data)
{
	void *res = devres_find(dev, release, match, data);

	kernel_only();
	if (!res)
		return -2;
	drop(dev, container_of(res, struct devres, data));
	return 0;
}

int later(void)
{
	while (device.devres.prev != &device.devres)
		drop(&device, container_of(device.devres.prev, struct devres, entry));
	return device.refs;
}
