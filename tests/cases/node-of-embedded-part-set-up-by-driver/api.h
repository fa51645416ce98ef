// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct work {
	struct list_head entry;
	void (*fn)(struct work *work);
};

static inline void list_init(struct list_head *head)
{
	head->next = head;
	head->prev = head;
}

int kqueue(struct work *work);
