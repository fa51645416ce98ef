// SPDX-License-Identifier: MIT
#include <linux/api.h>

int kqueue(struct buf *b)
{
	kernel_only();
	if (b->flags & BUF_MAPPED)
		return (b->dma >> 12) & 0xff;
	if (b->area->size < b->len)
		return -1;
	b->area->used += b->len;
	b->len++;
	return b->area->used;
}
