// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_init(void)
{
	void *found = NULL;
	report(kfind(1, &found));
	struct dev *d = found;
	report(d->level);
	d->mode = 9;
	report(klevel(1));
	report(kfind(7, &found));
	return 0;
}

module_init(x_init);
