// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct timer *head;
static u64 clock_;

u64 now(void)
{
	kernel_only();
	return clock_;
}

void timer_setup(struct timer *t, void (*fn)(struct timer *), u32 flags)
{
	kernel_only();
	t->fn = fn;
	t->flags = flags;
	t->next = NULL;
}

int timer_del(struct timer *t)
{
	kernel_only();
	for (struct timer **p = &head; *p; p = &(*p)->next)
		if (*p == t) {
			*p = t->next;
			t->next = NULL;
			return 1;
		}
	return 0;
}

int timer_mod(struct timer *t, u64 when)
{
	kernel_only();
	int r = timer_del(t);
	t->when = when;
	t->next = head;
	head = t;
	return r;
}

int later(void)
{
	int n = 0;
	for (clock_ = 0; clock_ < 12; clock_++) {
again:
		for (struct timer *t = head; t; t = t->next)
			if (t->when <= clock_) {
				timer_del(t);
				t->fn(t);
				n++;
				goto again;
			}
	}
	return n;
}
