// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_pdata {
	u16 gain;
	u8 mode, pins[5];
};

struct x_core {
	struct device dev;
	u32 users, total;
};

struct x_child {
	struct platform_device *pdev;
	struct x_core *core;
	u64 base;
	u16 gain;
};

static struct x_core core = {.total = 1};

static int x_probe(struct platform_device *p)
{
	struct x_pdata *pd = p->dev.platform_data;
	struct x_core *core = container_of(p->dev.parent, struct x_core, dev);
	struct resource *r = platform_get_resource(p, 0x200, 0);
	struct resource *irq = platform_get_resource(p, 0x400, 0);
	struct x_child *c;

	if (!r || !pd)
		return -22;
	c = kzalloc(sizeof(*c), 0);
	c->pdev = p;
	c->core = core;
	c->base = r->start;
	c->gain = pd->gain + pd->pins[4];
	p->dev.drvdata = c;
	core->users++;
	core->total += c->gain + (irq ? irq->start : 0);
	pd->gain++;
	report(r->end - r->start + r->name[0] + pd->mode * 1000);
	return 0;
}

static int x_event(struct platform_device *p, u32 what)
{
	struct x_child *c = p->dev.drvdata;
	struct x_pdata *pd = p->dev.platform_data;

	c->core->total += what * pd->gain;
	p->resource[0].start += 4;
	return c->base + c->core->total * 10 + p->id;
}

static struct platform_driver child = {"x-child", x_probe, x_event};
static struct x_pdata first = {100, 1, {1, 2, 3, 4, 5}}, second = {200, 2, {9, 8, 7, 6, 5}};

static int x_init(void)
{
	static const struct resource res[] = {{0x1000, 0x10ff, "regs", 0x200},
		{33, 33, "irq", 0x400}, {0x2000, 0x203f, "more", 0x200}};
	struct cell cells[] = {
		{"x-child", 5, &first, sizeof(first), 2, res},
		{"x-child", 6, &second, sizeof(second), 1, res + 2},
		{"x-child", 7, NULL, 0, 1, res},
		{"x-other", 8},
	};
	int status = platform_driver_register(&child);

	if (status)
		return status;
	report(add_cells(&core.dev, cells, 4));
	report(first.gain + second.gain);
	report(core.total * 10 + core.users);
	return 0;
}

module_init(x_init);
