// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u8 *page, *end;

u8 *page_take(void)
{
	kernel_only();
	if (!page)
		page = kzalloc(24, 0);
	return page;
}

void page_commit(u8 *e)
{
	kernel_only();
	end = e;
	report(e - page);
}

int page_sum(void)
{
	kernel_only();
	int s = 0;
	for (u8 *p = page; p < end; p++)
		s = s * 3 + *p;
	return s;
}
