// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct client *the;
static u8 image[10];
static struct blob *b;

int client_add(const struct client *c)
{
	kernel_only();
	the = c;
	for (int i = 0; i < 10; i++)
		image[i] = 11 * i + 3;
	b = kzalloc(sizeof *b, 0);
	b->data = image;
	b->size = 10;
	return c->loaded(b);
}

int later(void)
{
	int r = the->use(4);
	kfree(b);
	return r * 1000 + the->use(9);
}
