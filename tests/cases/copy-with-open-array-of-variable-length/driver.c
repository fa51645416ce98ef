// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u8 copy[64];

static int x_turn(struct msg *m)
{
	int sum = 0;
	memcpy(copy, m, sizeof *m + m->len);
	for (u32 i = sizeof *m; i < sizeof *m + m->len; i++)
		sum += copy[i];
	return sum;
}

static int x_init(void)
{
	report(kreg(x_turn));
	return 0;
}

module_init(x_init);
