// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct part A = {5, 0}, B = {6, 0};

static int x_init(void)
{
	struct set s = {2, {&A, &B}};
	report(kset(&s));
	report(A.seen * 10 + B.seen);
	return 0;
}

module_init(x_init);
