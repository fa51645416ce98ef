// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int held;

unsigned long _raw_spin_lock_irqsave(spinlock_t *lock)
{
	kernel_only();
	held++;
	*(volatile int *)lock = 1;
	return 0;
}

void _raw_spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags)
{
	*(volatile int *)lock = 0;
}

void kadd(struct counter *counter, int by)
{
	kernel_only();
	counter->value += by;
}

int kheld(struct counter *counter)
{
	kernel_only();
	return *(volatile int *)&counter->lock + held;
}
