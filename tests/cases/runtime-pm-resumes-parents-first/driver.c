// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_node {
	struct kdevice dev;
	u32 number, resumes;
};

static u32 order;

static int x_resume(struct kdevice *dev)
{
	struct x_node *node = container_of(dev, struct x_node, dev);
	order = order * 10 + node->number;
	node->resumes++;
	return !dev->parent || dev->parent->active ? 0 : -11;
}

static int x_suspend(struct kdevice *dev)
{
	struct x_node *node = container_of(dev, struct x_node, dev);
	if (dev->children)
		return -16;
	order = order * 10 + node->number + 3;
	return 0;
}

static int x_init(void)
{
	struct x_node *node = kzalloc(4 * sizeof *node, 0);
	for (u32 i = 0; i < 4; i++) {
		node[i].dev.resume = x_resume;
		node[i].dev.suspend = x_suspend;
		node[i].number = i + 1;
		kdevice_add(&node[i].dev, i ? &node[(i - 1) / 2].dev : NULL);
	}
	report(kpm_get(&node[3].dev));
	report(kpm_get(&node[2].dev));
	report(node[0].dev.children * 100 + node[1].dev.usage * 10 + node[3].dev.active);
	node[1].dev.usage++;
	report(kpm_put(&node[3].dev));
	report(kpm_put(&node[2].dev));
	report(node[0].dev.children * 100 + node[0].dev.active * 10 + node[2].dev.active);
	report(order);
	return 0;
}

module_init(x_init);
