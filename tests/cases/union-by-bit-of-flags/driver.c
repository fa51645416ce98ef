// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct page_of P = {5, 0};

static int x_init(void)
{
	struct desc d = {.flags = 1, .page = &P};
	report(kdesc(&d));
	d.flags = 0;
	d.inlined = 1000;
	report(kdesc(&d));
	report(P.used);
	return 0;
}

module_init(x_init);
