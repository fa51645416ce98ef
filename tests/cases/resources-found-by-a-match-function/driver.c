// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_map {
	u32 bar, size;
	u8 *area;
};

struct x_gate {
	const char *name;
	u32 opened;
};

static u32 unmapped;

static void x_unmap(struct device *dev, void *res)
{
	struct x_map *m = res;

	unmapped = unmapped * 10 + m->bar;
	report(unmapped * 1000 + m->area[0] + dev->refs);
	kfree(m->area);
}

static void x_close(struct device *dev, void *res)
{
	struct x_gate *g = res;

	report(g->name[0] * 100 + --g->opened);
}

static int x_match(struct device *dev, void *res, void *data)
{
	struct x_map *m = res;

	return m->bar == *(u32 *)data;
}

static struct x_map *x_map(struct device *dev, u32 bar, u32 size)
{
	struct x_map *m = devres_alloc(x_unmap, sizeof(*m));

	m->bar = bar;
	m->size = size;
	m->area = kzalloc(size, 0);
	if (size > 100) {
		kfree(m->area);
		devres_free(m);
		return NULL;
	}
	m->area[0] = bar * 3;
	devres_add(dev, m);
	return m;
}

static int x_init(void)
{
	struct device *dev = the_device();
	struct x_gate *g;
	struct x_map *m;
	u32 bar = 2;

	for (u32 i = 1; i < 5; i++)
		report(x_map(dev, i, i * 30) != NULL);
	g = devres_alloc(x_close, sizeof(*g));
	g->name = dev->name;
	g->opened = 5;
	devres_add(dev, g);
	m = devres_find(dev, x_unmap, x_match, &bar);
	report(m->size + m->area[0]);
	m->area[0]++;
	bar = 3;
	report(devres_release(dev, x_unmap, x_match, &bar));
	report(devres_release(dev, x_unmap, x_match, &bar));
	g = devres_find(dev, x_close, NULL, NULL);
	g->opened += 2;
	return 0;
}

module_init(x_init);
