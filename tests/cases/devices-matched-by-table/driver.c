// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct info {
	u32 regs;
	int (*setup)(struct pdev *p, u32 base);
};

struct board {
	u32 clock;
	void (*power)(int on);
};

static int setup_a(struct pdev *p, u32 base)
{
	return base + 1;
}

static int setup_b(struct pdev *p, u32 base)
{
	return base * 2;
}
static const struct info ia = {4, setup_a}, ib = {8, setup_b};
static const struct devid table[] = {{"x,a", &ia}, {"x,b", &ib}, {}};

struct priv {
	const struct info *info;
	u32 base, clock;
};

static int probe(struct pdev *p)
{
	const struct info *i = pdev_match(p);
	struct res *r = pdev_res(p, 2, 0);
	if (!i || !r)
		return -19;
	struct priv *q = kzalloc(sizeof(*q), 0);
	q->info = i;
	q->base = i->setup(p, r->start + i->regs);
	report(r->name[0]);
	p->drvdata = q;
	report(q->base);
	return 0;
}

static int rem(struct pdev *p)
{
	struct priv *q = p->drvdata;
	report(q->base + q->info->regs);
	kfree(q);
	p->drvdata = NULL;
	return 0;
}
static struct pdrv D = {probe, rem, "x", table};

static int x_init(void)
{
	report(pdrv_register(&D));
	return 0;
}

module_init(x_init);
