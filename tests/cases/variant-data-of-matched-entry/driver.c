// SPDX-License-Identifier: MIT
#include <linux/api.h>

#include <linux/x.h>

u32 x_get(struct x_chip *c, int reg)
{
	return dev_read(c->dev, c->variant->regs[reg]);
}

static int x_probe(struct device *dev)
{
	const struct x_variant *v = device_get_match_data(dev);
	struct x_chip *c;
	int status;

	if (!v)
		return -19;
	c = kzalloc(sizeof(*c), 0);
	c->dev = dev;
	c->variant = v;
	dev->drvdata = c;
	status = v->setup ? v->setup(c) : 0;
	if (status) {
		dev->drvdata = NULL;
		kfree(c);
		return status;
	}
	for (u32 i = 0; i < v->nports; i++)
		c->total += v->convert(c, x_get(c, R_DATA)) << v->widths[i];
	report(c->total);
	return c->ports;
}

static void x_shutdown(struct device *dev)
{
	struct x_chip *c = dev->drvdata;

	dev_write(dev, c->variant->regs[R_CTRL], c->total + x_get(c, R_STAT));
	report(c->variant->model[1]);
}

static const struct match table[] = {{"x,chip-1", &x_old}, {"x,chip-2", &x_new}, {"x,none"}, {""}};
static struct platform_driver driver = {"x-chip", table, x_probe, x_shutdown};

static int x_init(void)
{
	return platform_add(&driver);
}

module_init(x_init);
