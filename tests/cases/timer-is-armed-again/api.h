// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct timer {
	struct timer *next;
	u64 expires;
	void (*fn)(struct timer *timer);
	u32 flags;
};

extern u64 ticks;
void ktimer_setup(struct timer *timer, void (*fn)(struct timer *timer), u32 flags);
int kmod_timer(struct timer *timer, u64 expires);
int kdel_timer(struct timer *timer);
