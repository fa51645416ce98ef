// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u32 *v[4];
static int n;
static int (*f)(void);

void ku32(const char *name, u32 *p)
{
	kernel_only();
	v[n++] = p;
}

u32 kget(int i)
{
	kernel_only();
	return *v[i];
}

int kfire(int (*cb)(void))
{
	kernel_only();
	f = cb;
	*v[1] = 8;
	return cb() + *v[0];
}

int later(void)
{
	*v[1] = 20;
	int r = f();
	return r * 100 + *v[0];
}
