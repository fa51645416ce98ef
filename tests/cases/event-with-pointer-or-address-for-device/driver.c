// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct area A = {64, 0};

static int x_init(void)
{
	struct buf b = {.flags = 1, .len = 10, .area = &A};
	report(kqueue(&b));
	b.flags |= BUF_MAPPED;
	b.dma = 0xfee0001234000ull;
	report(kqueue(&b));
	b.flags = 0;
	b.area = &A;
	report(kqueue(&b));
	report(A.used);
	report(b.len);
	return 0;
}

module_init(x_init);
