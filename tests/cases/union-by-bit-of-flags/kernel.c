// SPDX-License-Identifier: MIT
#include <linux/api.h>

int kdesc(struct desc *d)
{
	kernel_only();
	if (!(d->flags & 1))
		return d->inlined + 1;
	d->page->used++;
	return d->page->number;
}
