// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct codec *the;
static u8 *mem;

void codec_add(const struct codec *c)
{
	kernel_only();
	the = c;
	mem = kzalloc(16, 0);
	for (int i = 0; i < 16; i++)
		mem[i] = i * i;
	c->setup(mem + 4, mem, 16);
}

int later(void)
{
	mem[7] = 50;
	int x = the->step(3);
	report(x);
	report(mem[5] * 1000 + mem[7]);
	return the->step(2);
}
