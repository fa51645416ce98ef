// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_private {
	u32 first, second;
};

static int look(struct kopen *o)
{
	struct x_private *x = o->private;

	if (!o->ready)
		return 5;
	x->second = x->first + 1;
	return x->second;
}

static int x_init(void)
{
	struct kstart start = {.kind = 1, .number = 77};

	report(kopen(&start, look));
	return 0;
}

module_init(x_init);
