// SPDX-License-Identifier: MIT
#include <linux/api.h>

int wire_register(struct bus *b)
{
	kernel_only();
	b->reads = 1;
	return 0;
}

static int one(struct bus *b, u32 reg, u16 *val)
{
	b->reads++;
	return b->rd(b->ctx, reg, val);
}

int wire_read_block(struct bus *b, u32 first, u16 *words, u32 n)
{
	int status = 0;

	kernel_only();
	for (u32 i = 0; i < n && !status; i++)
		status = one(b, first + i, &words[i]);
	return status;
}

int wire_fill(struct bus *b, struct dump *d)
{
	kernel_only();
	for (u32 i = 0; i < d->n; i++) {
		int status = one(b, d->first + i, &d->words[i]);

		if (status)
			return status;
	}
	return d->n;
}
