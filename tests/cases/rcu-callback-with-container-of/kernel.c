// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct rcu_head *waiting;

void kcall_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head))
{
	kernel_only();
	head->func = func;
	head->next = waiting;
	waiting = head;
}

void kbarrier(void)
{
	kernel_only();
	while (waiting) {
		struct rcu_head *head = waiting;

		waiting = head->next;
		head->func(head);
	}
}
