// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct res R1[] = {{0x100, 0x1ff, 1, "mem"}, {5, 5, 2, "irq"}},
		  R2[] = {{9, 9, 2, "int"}, {0x300, 0x3ff, 1, "regs"}};
static struct pdev P[] = {{"x,a", R1, 2}, {"x,b", R2, 2}, {"x,c", R2, 2}};
static struct pdrv *d;

static int same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

struct res *pdev_res(struct pdev *p, u32 flags, u32 n)
{
	kernel_only();
	for (u32 i = 0; i < p->num; i++)
		if (p->resource[i].flags == flags && !n--)
			return &p->resource[i];
	return NULL;
}

const void *pdev_match(struct pdev *p)
{
	kernel_only();
	return p->match ? p->match->data : NULL;
}

int pdrv_register(struct pdrv *x)
{
	kernel_only();
	int n = 0;
	d = x;
	for (int i = 0; i < 3; i++)
		for (const struct devid *t = x->table; t->compatible[0]; t++)
			if (same(t->compatible, P[i].name)) {
				P[i].match = t;
				n += !x->probe(&P[i]);
			}
	return n;
}

int later(void)
{
	for (int i = 0; i < 3; i++)
		if (P[i].drvdata)
			report(d->remove(&P[i]) + (P[i].drvdata == NULL));
	return 0;
}
