// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dv D;

struct dv *knew(void)
{
	kernel_only();
	return &D;
}

u32 ksum(struct dv *d)
{
	u32 sum = 0;

	kernel_only();
	for (u32 i = 0; i < d->n; i++) {
		sum = sum * 3 + d->table[i]->a;
		d->table[i]->b++;
	}
	for (u32 i = 0; i < d->length; i++)
		sum = sum * 3 + d->bytes[i];
	return sum;
}
