// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_init(void)
{
	report(make_queue("%s", 100, 2000, "three"));
	report(make_queue("plain-7", 300, 4000));
	return 0;
}
module_init(x_init);
