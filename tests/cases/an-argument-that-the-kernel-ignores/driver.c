// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_init(void)
{
	report(kadd(1, "one"));
	report(kadd(2, "two"));
	kdrop(1, "one");
	report(kcount());
	return 0;
}

module_init(x_init);
