// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct resource *kept;
static u32 nkept;

static noinline void *duplicate(const void *from, size_t size)
{
	void *to = kmalloc(size, 0);

	memcpy(to, from, size);
	return to;
}

int cell_add(const struct cell *c)
{
	kernel_only();
	kfree(kept);
	nkept = c->count;
	kept = duplicate(c->resources, nkept * sizeof(*kept));
	return kept[nkept - 1].end;
}

int later(void)
{
	long sum = 0;

	for (u32 i = 0; i < nkept; i++)
		sum = sum * 100 + kept[i].end - kept[i].start;
	kfree(kept);
	return sum;
}
