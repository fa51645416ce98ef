// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct fifo fifo;

static int fill(struct fifo *f, u8 *to, u32 len)
{
	u32 *words = (u32 *)to;

	kernel_only();
	for (u32 i = 0; i < len / 4; i++)
		words[i] = 0x01020304 * ++f->next;
	return f->next;
}

static const struct fifo_ops ops = {fill};

struct fifo *fifo_get(void)
{
	kernel_only();
	fifo.ops = &ops;
	return &fifo;
}

u32 checksum(const u8 *bytes, int words)
{
	u32 sum = 0;

	kernel_only();
	for (int i = 0; i < words; i++)
		sum = sum * 5 + ((const u16 *)bytes)[i];
	return sum;
}

u32 send(const void *header, u32 len)
{
	const u32 *words = header;
	u32 sum = 0;

	kernel_only();
	for (u32 i = 0; i < len / 4; i++)
		sum = sum * 7 + words[i];
	return sum;
}

int later(void)
{
	return fifo.next;
}
