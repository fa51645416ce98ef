// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_part {
	u32 id, broken;
	struct kdev dev;
};

static int x_part_bind(struct kdev *dev, void *data)
{
	struct x_part *part = container_of(dev, struct x_part, dev);
	*(u32 *)data = *(u32 *)data * 10 + part->id;
	return part->broken ? -5 : 0;
}

static void x_part_unbind(struct kdev *dev, void *data)
{
	*(u32 *)data = *(u32 *)data * 10 + container_of(dev, struct x_part, dev)->id + 5;
}

static int x_compare(struct kdev *dev, void *data)
{
	return !strcmp(dev->name, data);
}

static u32 order;

static int x_master_bind(struct kmaster *master)
{
	return kcomponent_bind_all(master, &order);
}

static int x_init(void)
{
	static char names[3][4] = {"lcd", "dsi", "hdm"};
	struct kmaster *master = kzalloc(sizeof *master, 0);
	struct x_part *part = kzalloc(3 * sizeof *part, 0);
	master->bind = x_master_bind;
	for (u32 i = 0; i < 3; i++) {
		master->match[master->n++] = (struct kmatch){x_compare, names[i]};
		part[i] = (struct x_part){i + 1, i == 2, {names[i], x_part_bind, x_part_unbind}};
	}
	report(kcomponent_add(master, &part[1].dev));
	report(kcomponent_add(master, &part[2].dev));
	report(kcomponent_add(master, &part[0].dev));
	report(order * 10 + master->bound);
	part[2].broken = 0;
	report(kcomponent_bind_all(master, &order));
	report(order % 1000 * 10 + master->bound);
	return 0;
}

module_init(x_init);
