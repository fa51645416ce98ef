// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct platform_driver *drivers;
static struct platform_device *devices[4];
static int ndevices;

int platform_driver_register(struct platform_driver *d)
{
	kernel_only();
	d->next = drivers;
	drivers = d;
	return 0;
}

struct resource *platform_get_resource(struct platform_device *p, unsigned long flags, u32 n)
{
	kernel_only();
	for (u32 i = 0; i < p->num_resources; i++)
		if (p->resource[i].flags == flags && n-- == 0)
			return &p->resource[i];
	return NULL;
}

static void *copy(const void *from, size_t size)
{
	void *to = size ? kmalloc(size, 0) : NULL;

	if (size)
		memcpy(to, from, size);
	return to;
}

int add_cells(struct device *parent, const struct cell *cells, int n)
{
	int bound = 0;

	kernel_only();
	for (int i = 0; i < n; i++) {
		struct platform_device *p = kzalloc(sizeof(*p), 0);

		p->name = cells[i].name;
		p->id = cells[i].id;
		p->dev.parent = parent;
		p->dev.platform_data = copy(cells[i].platform_data, cells[i].pdata_size);
		p->num_resources = cells[i].num_resources;
		p->resource = copy(cells[i].resources, p->num_resources * sizeof(struct resource));
		for (u32 r = 0; r < p->num_resources; r++)
			if (p->resource[r].flags == 0x200) {
				p->resource[r].start += 0x10000;
				p->resource[r].end += 0x10000;
			}
		devices[ndevices++] = p;
		for (struct platform_driver *d = drivers; d; d = d->next)
			if (!strcmp(d->name, p->name))
				bound = bound * 10 + (d->probe(p) ? 1 : 2);
	}
	return bound;
}

int later(void)
{
	for (u32 what = 1; what < 4; what++)
		for (int i = 0; i < ndevices; i++) {
			if (!devices[i]->dev.drvdata)
				continue;
			report(drivers->event(devices[i], what));
			report(devices[i]->resource[0].start);
		}
	return ndevices;
}
