// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct part one = {7}, two = {9};
static struct req req = {&one, &two};

static int x_init(void)
{
	report(kfirst(&req));
	report(ksecond(&req));
	req.checked = (void *)-5L;
	report(kfirst(&req));
	report(ksecond(&req));
	req.checked = &two;
	report(kfirst(&req));
	return 0;
}

module_init(x_init);
