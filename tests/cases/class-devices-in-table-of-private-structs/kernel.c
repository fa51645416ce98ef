// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct list_head all = {&all, &all};

int led_register(struct led *l)
{
	kernel_only();
	l->node.next = &all;
	l->node.prev = all.prev;
	all.prev->next = &l->node;
	all.prev = &l->node;
	l->brightness = l->max;
	l->set(l, l->brightness);
	return l->brightness;
}

void led_unregister(struct led *l)
{
	kernel_only();
	l->node.next->prev = l->node.prev;
	l->node.prev->next = l->node.next;
	l->set(l, 0);
}

int later(void)
{
	for (struct list_head *p = all.next; p != &all; p = p->next) {
		struct led *l = container_of(p, struct led, node);
		u64 on = 0, off = 0;
		report(l->brightness);
		if (l->blink) {
			report(l->blink(l, &on, &off));
			report(on * 10 + off + l->flags);
			on = 5000;
			report(l->blink(l, &on, &off));
		}
		l->brightness = 0;
		l->set(l, 0);
	}
	return 0;
}
