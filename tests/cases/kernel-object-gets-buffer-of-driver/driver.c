// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct item one = {.a = 3}, two = {.a = 5};
static u8 bytes[4] = {1, 2, 3, 4};

static int x_init(void)
{
	struct dv *d = knew();

	d->table = kzalloc(2 * sizeof *d->table, 0);
	d->table[0] = &one;
	d->table[1] = &two;
	d->n = 2;
	d->bytes = bytes;
	d->length = 4;
	report(ksum(d));
	report(one.b + 10 * two.b);
	bytes[2] = 9;
	report(ksum(d));
	return 0;
}

module_init(x_init);
