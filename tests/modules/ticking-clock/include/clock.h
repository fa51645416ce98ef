/* SPDX-License-Identifier: MIT */
/* A clock that ticks a number of times, by a timer. */
#pragma once
#include <linux/miscdevice.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

struct clock {
	spinlock_t lock; /* of what follows */
	unsigned int ticked, left;
	struct timer_list timer;
	struct miscdevice device;
};

void clock_init(struct clock *clock);
void clock_start(struct clock *clock, unsigned int ticks);
void clock_stop(struct clock *clock);
unsigned int clock_ticked(struct clock *clock);
