// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct idx {
	struct dattr da;
	int index;
};

struct chip {
	struct device dev;
	u32 val[3];
} C;

static long x_show(void *dev, struct dattr *da, char *buf)
{
	struct device *d = dev;
	struct chip *c = d->drvdata;
	struct idx *i = container_of(da, struct idx, da);
	u32 v = c->val[i->index];
	int n = 0;
	do
		buf[n++] = '0' + v % 10;
	while (v /= 10);
	buf[n++] = '\n';
	buf[n] = 0;
	return n;
}

static long x_store(void *dev, struct dattr *da, const char *buf, size_t n)
{
	struct device *d = dev;
	struct chip *c = container_of(d, struct chip, dev);
	struct idx *i = container_of(da, struct idx, da);
	u32 v = 0;
	for (size_t k = 0; k < n && buf[k] >= '0'; k++)
		v = v * 10 + buf[k] - '0';
	c->val[i->index] = v;
	return n;
}
static struct idx I0 = {{{"in0", 0444}, x_show, x_store}, 0},
		  I1 = {{{"in1", 0644}, x_show, x_store}, 1},
		  I2 = {{{"in2", 0644}, x_show, x_store}, 2};
static struct attr *list[] = {&I0.da.a, &I1.da.a, &I2.da.a, NULL};
static const struct group G = {.attrs = list};
static const struct group *groups[] = {&G, NULL};

static int scenario(void)
{
	C.dev.groups = groups;
	C.dev.drvdata = &C;
	C.val[0] = 12;
	C.val[1] = 345;
	C.val[2] = 6789;
	device_add(&C.dev);
	return C.val[0] + C.val[1] * 3 + C.val[2] * 7;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
