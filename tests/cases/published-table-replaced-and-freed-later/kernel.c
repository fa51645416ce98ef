// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct krcu_head *waiting;
static struct kswitch *used;

void kcall_rcu(struct krcu_head *head, void (*func)(struct krcu_head *head))
{
	kernel_only();
	head->func = func;
	head->next = waiting;
	waiting = head;
}

void kgrace_period(void)
{
	kernel_only();
	while (waiting) {
		struct krcu_head *head = waiting;
		waiting = head->next;
		head->func(head);
	}
}

int kswitch_forward(struct kswitch *sw, u32 prefix)
{
	int port = -1;
	kernel_only();
	used = sw;
	for (int tries = 0; port < 0 && tries < 2; tries++) {
		struct kroutes *table = sw->routes;
		for (u32 i = 0; i < table->n; i++) {
			if (table->route[i].prefix == prefix) {
				table->route[i].hits++;
				port = table->route[i].port;
			}
		}
		if (port < 0)
			sw->learn(sw, prefix);
	}
	return port;
}

int later(void)
{
	int port = kswitch_forward(used, 30);
	kernel_only();
	kgrace_period();
	return port * 100 + used->routes->route[1].hits * 10 + used->routes->n;
}
