// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct node {
	struct node *next;
};

/* Behind the link is something else, whose pattern is that of no address. */
struct item {
	struct node link;
	unsigned long depth;
	u32 seen;
};

void kqueue(struct node *head, struct item *item);
u32 kvisit(struct node *head);
void kregister(int way);
u32 kbest(int way);
