// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct timer_list {
	struct rb_node node;
	u64 expires;
	u32 pending;
	void (*function)(struct timer_list *timer);
};

extern u64 jiffies;

int mod_timer(struct timer_list *timer, u64 expires);
int timer_delete(struct timer_list *timer);
