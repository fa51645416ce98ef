// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct cam *the;
static u8 *buffer;

static void fresh(u32 n)
{
	u8 *old = buffer;
	buffer = kzalloc(n, 0);
	kfree(old);
	for (u32 i = 0; i < n; i++)
		buffer[i] = n + i;
	the->set(buffer, n);
}

void cam_add(const struct cam *c)
{
	kernel_only();
	the = c;
	fresh(4);
}

int later(void)
{
	int r = 0;
	for (u32 n = 3; n < 40; n += 7) {
		fresh(n);
		r = (r * 3 + the->shoot()) & 0xfffff;
		for (u32 i = 0; i < n; i++)
			r += buffer[i];
	}
	return r;
}
