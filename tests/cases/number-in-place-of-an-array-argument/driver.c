// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u32 x_take(struct piece *pieces, u32 count, u32 what)
{
	u32 sum = 0;

	if (what)
		return what;
	for (u32 i = 0; i < count; i++) {
		sum += pieces[i].length;
		pieces[i].seen++;
	}
	return sum;
}

static const struct ops ops = {x_take};

static int x_init(void)
{
	report(kstart(&ops));
	return 0;
}

module_init(x_init);
