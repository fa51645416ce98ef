// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u8 *b;

static int cb(void)
{
	int r = 0;
	for (int i = 0; i < 8; i++)
		r += b[i] * (i + 1);
	b[0] = 9;
	return r;
}

static int scenario(void)
{
	b = kzalloc(8, 0);
	b[3] = 4;
	kbuf(b, 8, cb);
	b[4] = 1;
	return b[2];
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
