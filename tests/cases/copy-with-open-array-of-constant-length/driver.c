// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_init(void)
{
	struct msg *m = kzalloc(sizeof *m + 8, 0);
	m->len = 8;
	for (u32 i = 0; i < 8; i++)
		m->data[i] = i + 1;
	report(ksend(m));
	return 0;
}

module_init(x_init);
