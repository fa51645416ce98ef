// SPDX-License-Identifier: MIT
#include <linux/api.h>
static struct device bridge = {1, 1};
static struct pci_dev *functions[3];
static struct pci_driver *bound;
static int released;

struct device *get_device(struct device *dev)
{
	kernel_only();
	if (dev)
		dev->refcount++;
	return dev;
}

void put_device(struct device *dev)
{
	kernel_only();
	if (!dev || --dev->refcount)
		return;
	released += dev->id;
	if (dev->release)
		dev->release(dev);
}

struct pci_dev *pci_dev_get(struct pci_dev *pdev)
{
	kernel_only();
	if (pdev)
		get_device(&pdev->dev);
	return pdev;
}

void pci_dev_put(struct pci_dev *pdev)
{
	kernel_only();
	if (pdev)
		put_device(&pdev->dev);
}

struct pci_dev *pci_get_device(u32 vendor, u32 device, struct pci_dev *from)
{
	int i = from ? from->dev.id - 10 : 0;
	kernel_only();
	pci_dev_put(from);
	for (; i < 3; i++)
		if (functions[i]->vendor == vendor && functions[i]->dev.id != (int)device)
			return pci_dev_get(functions[i]);
	return NULL;
}

void device_initialize(struct device *dev)
{
	kernel_only();
	dev->refcount = 1;
}

struct device *root_device_register(int id)
{
	struct device *dev = kzalloc(sizeof(*dev), 0);
	kernel_only();
	device_initialize(dev);
	dev->id = id;
	return dev;
}

static void pci_release(struct device *dev)
{
	kfree(container_of(dev, struct pci_dev, dev));
}

int pci_register_driver(struct pci_driver *driver)
{
	kernel_only();
	bound = driver;
	for (int i = 0; i < 3; i++) {
		functions[i] = kzalloc(sizeof(*functions[i]), 0);
		functions[i]->vendor = 0x8086 + (i == 1);
		functions[i]->dev = (struct device){10 + i, 1, &bridge, pci_release};
	}
	return driver->probe(functions[0]);
}

int later(void)
{
	int sum = released * 1000 + bridge.refcount * 100 + functions[0]->dev.refcount * 10;
	put_device(&functions[1]->dev);
	bound->remove(functions[0]);
	report(sum + functions[2]->dev.refcount);
	put_device(&functions[2]->dev);
	put_device(&functions[0]->dev);
	return released * 10 + bridge.refcount;
}
