// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u8 *B;
static size_t N;
static int (*f)(void);

void kbuf(u8 *buf, size_t n, int (*cb)(void))
{
	kernel_only();
	B = buf;
	N = n;
	f = cb;
	buf[2] = 7;
}

int later(void)
{
	for (size_t i = 5; i < N; i++)
		B[i] = i;
	int r = f();
	return r * 100 + B[0] * 10 + B[3] + B[4];
}
