// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dv *the;

void kreg(struct dv *d)
{
	kernel_only();
	the = d;
}

int later(void)
{
	report(the->get(NULL));
	the->level = 7;
	report(the->get(NULL));
	the->level = 0;
	return the->get(NULL);
}
