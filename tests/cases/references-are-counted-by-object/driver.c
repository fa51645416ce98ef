// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct state {
	struct device own;
	struct device *root, *bridge;
	struct pci_dev *sibling;
};

static struct state *state;

static void own_release(struct device *dev)
{
	struct state *gone = container_of(dev, struct state, own);
	report(9000 + gone->own.id);
	kfree(gone);
}

static int probe(struct pci_dev *pdev)
{
	struct pci_dev *each = NULL;
	int count = 0;
	state = kzalloc(sizeof(*state), 0);
	device_initialize(&state->own);
	state->own.id = 500;
	state->own.release = own_release;
	get_device(&state->own);
	put_device(&state->own);
	/* A reference of the driver's to what is above, and none if there is nothing above that. */
	state->bridge = get_device(pdev->dev.parent);
	report(get_device(state->bridge->parent) == NULL);
	/* Each that is found is let go by the next search; the last one is kept. */
	while ((each = pci_get_device(0x8086, 11, each)) && ++count) {
		report(each->dev.id * 10 + each->dev.refcount);
		if (each->dev.id == 12) {
			state->sibling = pci_dev_get(each);
			break;
		}
		if (count == 1 && each == pdev) {
			pci_dev_put(each);
			each = pci_get_device(0x8087, 0, NULL);
		}
	}
	/* Taken by one name, and dropped by another. */
	put_device(&state->sibling->dev);
	/* What was made for the driver, came with one. */
	state->root = root_device_register(700);
	report(state->root->id + state->sibling->dev.refcount);
	return count;
}

static void remove(struct pci_dev *pdev)
{
	report(pdev->dev.id);
	pci_dev_put(state->sibling);
	put_device(state->bridge);
	put_device(state->root);
	put_device(&state->own);
}

static struct pci_driver driver = {probe, remove};

static int refs_init(void)
{
	return pci_register_driver(&driver);
}

module_init(refs_init);
