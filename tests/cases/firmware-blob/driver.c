// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct header {
	u32 magic;
	u16 words, sum;
};

static int load(int which)
{
	const struct blob *b;
	if (blob_get(&b, which))
		return -1;
	const struct header *h = (const void *)b->data;
	int r = h->magic;
	if (b->size < sizeof *h)
		return -2;
	for (size_t i = sizeof *h; i < b->size; i++)
		r = r * 3 + b->data[i];
	r += h->words * 1000 + h->sum;
	blob_put(b);
	return r & 0xfffff;
}

static int scenario(void)
{
	return load(0) * 3 + load(1);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
