// SPDX-License-Identifier: MIT
#include <linux/api.h>

void kstart(struct link *head)
{
	kernel_only();
	head->next = head;
}

void kadd(struct link *head, struct link *one)
{
	kernel_only();
	one->next = head->next;
	head->next = one;
}

int ksum(struct link *head, int index)
{
	kernel_only();
	int sum = 0;
	for (struct link *at = head->next; at != head;) {
		struct owner *owner = container_of(at, struct owner, links[index]);
		sum += owner->value;
		at = owner->links[index].next;
	}
	return sum;
}
