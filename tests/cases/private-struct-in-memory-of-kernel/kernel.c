// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct idev *D;

struct idev *idev_alloc(int priv)
{
	kernel_only();
	struct idev *d = kzalloc(sizeof(*d), 0);
	d->priv = kzalloc(priv, 0);
	return d;
}

int idev_register(struct idev *d)
{
	kernel_only();
	D = d;
	report(d->name[0]);
	for (int i = 0; i < d->num; i++) {
		int v = 0, v2 = 0;
		report(d->info->read_raw(d, &d->channels[i], &v, &v2, 0));
		report(v);
		report(d->info->read_raw(d, d->channels + i, &v, &v2, 1));
		report(v * 10000 + v2 + d->channels[i].name[0]);
	}
	return d->modes;
}

int later(void)
{
	int v, v2;
	report(D->info->read_raw(D, &D->channels[2], &v, &v2, 0));
	report(v);
	return 0;
}
