// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct timer {
	struct timer *next;
	u64 when;
	void (*fn)(struct timer *);
	u32 flags;
};

void timer_setup(struct timer *t, void (*fn)(struct timer *), u32 flags);
int timer_mod(struct timer *t, u64 when);
int timer_del(struct timer *t);
u64 now(void);
