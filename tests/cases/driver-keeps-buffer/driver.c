// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u8 *m;
static u32 N;

static void x_attach(u8 *mem, u32 n)
{
	m = mem;
	N = n;
}

static int x_run(void)
{
	int s = 0;
	for (u32 i = 0; i < N; i++)
		s += m[i];
	m[1] = s;
	return s;
}
static const struct ops O = {x_attach, x_run};

static int scenario(void)
{
	kreg(&O);
	return m[0];
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
