// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct device devices[6];
static unsigned long now = 100;

static void idle(struct device *dev)
{
	const struct dev_pm_ops *pm = dev->driver ? dev->driver->pm : NULL;
	int err;

	if (dev->power.usage || dev->power.children || dev->power.status)
		return;
	if (pm && pm->runtime_idle && pm->runtime_idle(dev))
		return;
	if (dev->power.use_autosuspend && now < dev->power.last_busy + dev->power.autosuspend_delay)
		return;
	err = pm && dev->driver_data ? pm->runtime_suspend(dev) : 0;
	if (err) {
		dev->power.error = err;
		return;
	}
	dev->power.status = 2;
	if (dev->parent && --dev->parent->power.children == 0)
		idle(dev->parent);
}

static int resume(struct device *dev)
{
	int err = 0;

	if (dev->power.status == 0)
		return 1;
	if (dev->parent) {
		err = resume(dev->parent);
		if (err < 0)
			return err;
		dev->parent->power.children++;
	}
	if (dev->driver && dev->driver_data)
		err = dev->driver->pm->runtime_resume(dev);
	if (err < 0) {
		if (dev->parent)
			dev->parent->power.children--;
		dev->power.error = err;
		return err;
	}
	dev->power.status = 0;
	return 0;
}

void kpm_enable(struct device *dev)
{
	kernel_only();
	dev->power.disable_depth--;
}

int kpm_get_sync(struct device *dev)
{
	int err;

	kernel_only();
	dev->power.usage++;
	err = dev->power.disable_depth > 0 ? -13 : resume(dev);
	if (err < 0)
		dev->power.usage--;
	return err;
}

int kpm_put(struct device *dev)
{
	kernel_only();
	if (--dev->power.usage == 0)
		idle(dev);
	return dev->power.usage;
}

void kpm_mark_busy(struct device *dev)
{
	kernel_only();
	dev->power.last_busy = now;
}

int kdevice_for_each_child(struct device *dev, void *data, int (*fn)(struct device *d, void *data))
{
	kernel_only();
	for (int i = 0; i < 6; i++)
		if (devices[i].parent == dev) {
			int err = fn(&devices[i], data);

			if (err)
				return err;
		}
	return 0;
}

int kdriver_register(struct device_driver *drv)
{
	static struct pdata pdata[6] = {{2, 0}, {3, 1}, {0, 0}, {4, 0}, {5, 0}, {6, 1}};
	int bound = 0;

	kernel_only();
	for (int i = 0; i < 6; i++) {
		struct device *dev = &devices[i];
		int err;

		dev->id = i;
		dev->parent = i ? &devices[i < 4 ? 0 : 1] : NULL;
		dev->platform_data = pdata[i].regs ? &pdata[i] : NULL;
		dev->power.disable_depth = 1;
		dev->power.status = 2;
		dev->driver = drv;
		err = drv->probe(dev);
		report(err);
		if (err)
			dev->driver = NULL;
		else
			bound++;
		report(dev->power.children * 10 + dev->power.status);
	}
	return bound > 3 ? 0 : -19;
}

int later(void)
{
	now += 30;
	report(kpm_get_sync(&devices[4]));
	for (int i = 0; i < 6; i++)
		report(devices[i].power.usage * 100 + devices[i].power.children * 10 +
			devices[i].power.status);
	report(kpm_put(&devices[4]));
	for (int i = 5; i >= 0; i--)
		if (devices[i].driver)
			report(devices[i].driver->pm->suspend(&devices[i]));
	for (int i = 0; i < 6; i++)
		if (devices[i].driver)
			report(devices[i].driver->pm->resume(&devices[i]));
	report(kpm_get_sync(&devices[5]));
	report(kpm_put(&devices[5]));
	now += 60;
	idle(&devices[5]);
	report(devices[5].power.status);
	for (int i = 0; i < 6; i++) {
		report(devices[i].power.error);
		if (devices[i].driver)
			devices[i].driver->remove(&devices[i]);
	}
	return devices[1].power.children;
}
