// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct pr {
	struct res *r[4];
	int n;
};

static int try(struct pr *p, u32 start, u32 len)
{
	struct res *r = res_request(start, len, "x");
	if (!r)
		return -16;
	p->r[p->n++] = r;
	return r->start + r->len;
}

static int scenario(void)
{
	struct pr *p = kzalloc(sizeof *p, 0);
	int a = try(p, 0, 8), b = try(p, 8, 8), c = try(p, 4, 8);
	report(a);
	report(b);
	report(c);
	report(kcount());
	while (p->n)
		res_release(p->r[--p->n]);
	kfree(p);
	int d = kcount();
	struct res *r = res_request(3, 4, "again");
	r->len = 9;
	return d * 1000 + r->start + r->len;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
