// SPDX-License-Identifier: MIT
#include <linux/api.h>

u64 jiffies = 1000;
static struct rb_root wheel;
static u64 trace;

static void timer_unlink(struct timer_list *timer)
{
	struct rb_node **p = &wheel.rb_node, *n = &timer->node, *left;
	while (*p != n)
		p = timer->expires < container_of(*p, struct timer_list, node)->expires
			    ? &(*p)->rb_left
			    : &(*p)->rb_right;
	*p = n->rb_right;
	left = n->rb_left;
	while (*p)
		p = &(*p)->rb_left;
	*p = left;
	timer->pending = 0;
}

int timer_delete(struct timer_list *timer)
{
	int was = timer->pending;
	kernel_only();
	if (was)
		timer_unlink(timer);
	return was;
}

int mod_timer(struct timer_list *timer, u64 expires)
{
	struct rb_node **p = &wheel.rb_node;
	int was = timer_delete(timer);
	kernel_only();
	while (*p)
		p = expires < container_of(*p, struct timer_list, node)->expires ? &(*p)->rb_left
										 : &(*p)->rb_right;
	timer->node = (struct rb_node){0, NULL, NULL};
	timer->expires = expires;
	timer->pending = 1;
	*p = &timer->node;
	return was;
}

int later(void)
{
	kernel_only();
	for (int i = 0; i < 30 && wheel.rb_node; i++) {
		struct rb_node *n = wheel.rb_node;
		struct timer_list *t;
		while (n->rb_left)
			n = n->rb_left;
		t = container_of(n, struct timer_list, node);
		jiffies = t->expires;
		timer_unlink(t);
		t->function(t);
		trace = trace * 3 % 1000003 + jiffies + t->pending;
	}
	return trace;
}
