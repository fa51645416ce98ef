// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_init(void)
{
	struct packet p = {7, 0};
	struct req r = {&p};
	report(ksubmit(&r));
	report(p.answer);
	return 0;
}

module_init(x_init);
