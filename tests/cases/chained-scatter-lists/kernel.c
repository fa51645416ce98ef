// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct engine *the;
static u8 mem[4][16];
static struct sg a[3], b[2];

static int go(u32 n)
{
	struct job j = {.first = a, .n = n};
	for (int i = 0; i < 4; i++)
		for (int k = 0; k < 16; k++)
			mem[i][k] = i * 16 + k;
	for (int i = 0; i < 2; i++) {
		a[i].buf = mem[i];
		a[i].off = 3 + i;
		a[i].len = 4;
		b[i].buf = mem[2 + i];
		b[i].off = 1;
		b[i].len = 5 + i;
	}
	a[2].chain = b;
	int r = the->run(the, &j);
	long h = j.sum;
	for (int i = 0; i < 4; i++)
		for (int k = 0; k < 16; k++)
			h = h * 7 + mem[i][k];
	report(h);
	return r;
}

int engine_add(struct engine *e)
{
	kernel_only();
	the = e;
	return go(2);
}

int later(void)
{
	return go(4);
}
