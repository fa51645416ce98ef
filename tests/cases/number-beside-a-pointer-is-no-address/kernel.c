// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kopen opened;

int kopen(struct kstart *start, int (*look)(struct kopen *o))
{
	int result;

	kernel_only();
	if (start->kind == 2)
		report(start->number);
	opened.private = start->kind ? start->data : kzalloc(8, 0);
	result = look(&opened);
	report(opened.private == start->data);
	return result;
}
