// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct link l = {7};
static struct stats s = {20, 0};

int kparse(struct parser *p)
{
	kernel_only();
	struct reply r = {'l', &l};
	int sum = p->parse(p, &r);
	r.kind = 's';
	r.body = &s;
	sum += p->parse(p, &r);
	r.kind = 'x';
	r.body = (void *)0x5000000;
	sum += p->parse(p, &r);
	report(l.speed);
	report(s.tx);
	return sum;
}
