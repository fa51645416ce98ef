// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct node *first;

void kqueue(struct node *node)
{
	kernel_only();
	node->next = first;
	first = node;
}

u32 kdrain(void)
{
	u32 cost = 0;

	kernel_only();
	while (first) {
		struct node *node = first;

		first = node->next;
		cost += node->cost;
		node->run(node);
	}
	return cost;
}
