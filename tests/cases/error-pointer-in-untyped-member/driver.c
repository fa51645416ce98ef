// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct packet P = {7, 0};

static int x_init(void)
{
	struct req r = {&P};
	report(ksubmit(&r));
	r.data = (void *)-5L;
	report(ksubmit(&r));
	r.data = NULL;
	report(ksubmit(&r));
	report(P.answer);
	return 0;
}

module_init(x_init);
