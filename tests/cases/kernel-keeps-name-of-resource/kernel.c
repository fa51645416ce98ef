// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct res *all;

struct res *res_request(u32 start, u32 len, const char *name)
{
	kernel_only();
	for (struct res *r = all; r; r = r->sibling)
		if (start < r->start + r->len && r->start < start + len)
			return NULL;
	struct res *r = kzalloc(sizeof *r, 0);
	r->start = start;
	r->len = len;
	r->sibling = all;
	all = r;
	r->name = name;
	return r;
}

void res_release(struct res *r)
{
	kernel_only();
	for (struct res **p = &all; *p; p = &(*p)->sibling)
		if (*p == r) {
			*p = r->sibling;
			break;
		}
	kfree(r);
}

int kcount(void)
{
	kernel_only();
	int n = 0;
	for (struct res *r = all; r; r = r->sibling)
		n++;
	return n;
}

int later(void)
{
	report(all->len);
	report(all->name[1]);
	return kcount();
}
