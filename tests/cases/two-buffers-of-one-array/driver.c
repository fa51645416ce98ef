// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u8 area[32];
static int total;

static void done(struct buf *b)
{
	int *t = b->ctx;
	for (u32 i = 0; i < b->len; i++)
		*t += b->data[i];
	b->data[0] = 200;
}
static struct buf B[2] = {{area, 16, done, &total}, {area + 16, 16, done, &total}};

static int scenario(void)
{
	area[3] = 5;
	area[20] = 6;
	kqueue(&B[0]);
	kqueue(&B[1]);
	area[4] = 1;
	int r = kcomplete();
	return r * 1000 + total + area[0] + area[16];
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
