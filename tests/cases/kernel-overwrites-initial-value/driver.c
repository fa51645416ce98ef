// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dv *mine;

static int x_get(struct dv *d)
{
	return mine->level;
}

static struct dv D = {.level = 9, .get = x_get};

static int x_init(void)
{
	mine = &D;
	kreg(&D);
	report(D.level);
	return 0;
}
module_init(x_init);
