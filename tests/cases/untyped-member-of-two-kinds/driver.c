// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct a A = {5};
static struct b B = {6, 20};

static int x_init(void)
{
	struct req r = {0, &A};
	report(ksubmit(&r));
	r.kind = 1;
	r.data = &B;
	report(ksubmit(&r));
	report(A.x + B.y);
	return 0;
}

module_init(x_init);
