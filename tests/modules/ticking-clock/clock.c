// SPDX-License-Identifier: MIT
// A timer of the kernel's, which lies in an object of the module's, runs its code; that counts under a lock.
#include <clock.h>

static void tick(struct timer_list *timer)
{
	struct clock *clock = from_timer(clock, timer, timer);
	bool again;

	spin_lock(&clock->lock);
	clock->ticked++;
	again = --clock->left > 0;
	spin_unlock(&clock->lock);
	if (again)
		mod_timer(timer, jiffies + 1);
}

void clock_init(struct clock *clock)
{
	spin_lock_init(&clock->lock);
	timer_setup(&clock->timer, tick, 0);
}

void clock_start(struct clock *clock, unsigned int ticks)
{
	clock_stop(clock);
	clock->left = ticks;
	if (ticks)
		mod_timer(&clock->timer, jiffies + 1);
}

void clock_stop(struct clock *clock)
{
	del_timer_sync(&clock->timer);
}

unsigned int clock_ticked(struct clock *clock)
{
	unsigned long flags;
	unsigned int result;

	spin_lock_irqsave(&clock->lock, flags);
	result = clock->ticked;
	spin_unlock_irqrestore(&clock->lock, flags);
	return result;
}
