// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct ndev *D;

static void go(void)
{
	struct info i;
	memset(&i, 0, sizeof(i));
	int n = D->ops->count(D, 1);
	report(n);
	report(D->ops->count(D, 2));
	u8 *s = kmalloc(n * 32, 0);
	u64 *v = kmalloc(n * sizeof(u64), 0);
	D->ops->strings(D, 1, s);
	D->ops->stats(D, v);
	for (int k = 0; k < n; k++)
		report(s[k * 32] * 1000 + s[k * 32 + 1] + v[k]);
	D->ops->drvinfo(D, &i);
	report(i.driver[1] * 256 + i.version[2] + i.n);
	kfree(s);
	kfree(v);
}

int nd_register(struct ndev *d)
{
	kernel_only();
	D = d;
	go();
	return 0;
}

int later(void)
{
	go();
	return 0;
}
