// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int on_link(struct link *l)
{
	l->speed *= 10;
	return l->speed;
}

static int on_stats(struct stats *s)
{
	s->tx = s->rx + 1;
	return s->tx;
}

static int parse(struct parser *p, struct reply *r)
{
	p->seen++;
	if (r->kind == 'l')
		return on_link(r->body);
	if (r->kind == 's')
		return on_stats(r->body);
	return -1;
}
static struct parser P = {.parse = parse};

static int x_init(void)
{
	report(kparse(&P));
	report(P.seen);
	return 0;
}

module_init(x_init);
