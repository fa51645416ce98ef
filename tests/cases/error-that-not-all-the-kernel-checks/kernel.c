// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int is_error(const void *p)
{
	return (unsigned long)p >= (unsigned long)-4095;
}

int kfirst(struct req *r)
{
	kernel_only();
	if (is_error(r->checked))
		return (long)r->checked;
	if (is_error(r->some))
		return 3;
	return r->checked->value + r->some->value;
}

int ksecond(struct req *r)
{
	kernel_only();
	return r->some->value + (r->checked != NULL);
}
