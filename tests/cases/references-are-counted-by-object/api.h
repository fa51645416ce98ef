// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct device {
	int id, refcount;
	struct device *parent;
	void (*release)(struct device *dev);
};

struct pci_dev {
	u32 vendor;
	struct device dev;
};

struct pci_driver {
	int (*probe)(struct pci_dev *pdev);
	void (*remove)(struct pci_dev *pdev);
};

struct device *get_device(struct device *dev);
void put_device(struct device *dev);
struct pci_dev *pci_dev_get(struct pci_dev *pdev);
void pci_dev_put(struct pci_dev *pdev);
struct pci_dev *pci_get_device(u32 vendor, u32 device, struct pci_dev *from);
struct device *root_device_register(int id);
void device_initialize(struct device *dev);
int pci_register_driver(struct pci_driver *driver);
