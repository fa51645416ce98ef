// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct device platform;
static struct supply core_supply = {2, 1100}, io_supply = {0, 3300};

static void release_all(struct device *dev)
{
	for (struct devres *r; (r = dev->res); kfree(r)) {
		dev->res = r->next;
		if (r->action)
			r->action(r->data);
		else
			kfree(r->data);
	}
}

int driver_register(int (*probe)(struct device *dev))
{
	int err = -EPROBE_DEFER;
	kernel_only();
	for (; err == -EPROBE_DEFER; platform.probes++) {
		err = probe(&platform);
		if (err)
			release_all(&platform);
	}
	return platform.probes * 10 + core_supply.users + io_supply.microvolts * 100;
}

void devm_add_action(struct device *dev, void (*action)(void *data), void *data)
{
	struct devres *r = kzalloc(sizeof(*r), 0);
	kernel_only();
	*r = (struct devres){dev->res, action, data};
	dev->res = r;
}

void *devm_kzalloc(struct device *dev, size_t size)
{
	void *data = kzalloc(size, 0);
	kernel_only();
	devm_add_action(dev, NULL, data);
	return data;
}

struct supply *devm_supply_get(struct device *dev, const char *name)
{
	kernel_only();
	if (dev->probes == 0 || (name[0] == 'i' && dev->probes < 3))
		return KERR_PTR(-EPROBE_DEFER);
	return name[0] == 'i' ? &io_supply : &core_supply;
}
