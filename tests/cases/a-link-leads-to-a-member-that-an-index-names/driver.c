// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct link head;
static struct owner one, two;

static int x_init(void)
{
	one.value = 30;
	two.value = 4;
	kstart(&head);
	kadd(&head, &one.links[1]);
	kadd(&head, &two.links[1]);
	report(ksum(&head, 1));
	report(head.next == &two.links[1]);
	return 0;
}

module_init(x_init);
