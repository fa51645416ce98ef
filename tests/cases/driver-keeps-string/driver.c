// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const char *kept[3];
static int n;

static void x_name(const char *s)
{
	kept[n++] = s;
}

static int x_sum(void)
{
	int h = 0;
	for (int i = 0; i < n; i++)
		for (const char *s = kept[i]; *s; s++)
			h = h * 31 + *s;
	return h;
}
static const struct ops O = {x_name, x_sum};

static int scenario(void)
{
	kreg(&O);
	return x_sum();
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
