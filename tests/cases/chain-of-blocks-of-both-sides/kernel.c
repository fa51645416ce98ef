// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct nb *head;

static int k_call(struct nb *n, unsigned long ev, void *data)
{
	if (ev == 1)
		((struct ev_a *)data)->x *= 2;
	return 0;
}
static struct nb K1 = {k_call, NULL, 9}, K2 = {k_call, NULL, 1};

void chain_add(struct nb *n)
{
	kernel_only();
	struct nb **p = &head;
	while (*p && (*p)->prio > n->prio)
		p = &(*p)->next;
	n->next = *p;
	*p = n;
}

int chain_call(unsigned long ev, void *data)
{
	int r = 0;
	for (struct nb *n = head; n; n = n->next)
		r += n->call(n, ev, data);
	return r;
}

int fire(int what)
{
	kernel_only();
	static int once;
	if (!once++) {
		chain_add(&K1);
		chain_add(&K2);
	}
	u32 y = 1;
	struct ev_a a = {3, &y};
	struct ev_b b = {"abc", 0};
	int r = what == 1 ? chain_call(1, &a) : chain_call(2, &b);
	report(a.x);
	report(y);
	report(b.r);
	return r;
}

int later(void)
{
	return fire(1);
}
