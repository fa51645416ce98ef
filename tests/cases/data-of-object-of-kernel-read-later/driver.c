// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const u8 *image;
static u32 size;

static int x_loaded(const struct blob *b)
{
	image = b->data;
	size = b->size;
	return b->data[0] * 100 + b->data[b->size - 1];
}

static int x_use(u32 at)
{
	int s = image[at];
	for (u32 i = 0; i < size; i++)
		s += image[i];
	return s;
}
static const struct client C = {x_loaded, x_use};

static int x_init(void)
{
	report(client_add(&C));
	report(x_use(2));
	return 0;
}

module_init(x_init);
