// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u32 rounds;

static long x_fill(char *buf)
{
	int n = 0;

	rounds++;
	for (u32 i = 0; i < rounds + 3; i++)
		buf[n++] = 'a' + i;
	buf[n] = 0;
	return n;
}

static const struct source S = {x_fill};

static int scenario(void)
{
	return source_add(&S);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
