// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct packet P = {7, 0};
static struct slot S;

static int x_init(void)
{
	S.word = (unsigned long)&P | 1;
	report(kuse(&S));
	S.word = (unsigned long)&P | 2;
	report(kuse(&S));
	report(P.answer);
	return 0;
}

module_init(x_init);
