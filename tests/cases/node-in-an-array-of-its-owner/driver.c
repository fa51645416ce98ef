// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct node head;
static struct item first = {{NULL}, 0x4242424242424242, 0};
static struct item second = {{NULL}, 0x40, 0};

static u32 queued(void)
{
	u32 count = 0;

	for (const struct node *at = head.next; at; at = at->next)
		count++;
	return count;
}

static int x_init(void)
{
	kregister(1);
	kqueue(&head, &first);
	kqueue(&head, &second);
	report(queued());
	report(kvisit(&head));
	report(first.seen);
	report(second.seen);
	report(first.depth == 0x4242424242424242 && second.depth == 0x40);
	report(kbest(1));
	return 0;
}

module_init(x_init);
