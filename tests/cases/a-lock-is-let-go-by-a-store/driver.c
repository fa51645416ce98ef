// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct counter counter;

static int x_init(void)
{
	unsigned long flags = _raw_spin_lock_irqsave(&counter.lock);

	kadd(&counter, 5);
	_raw_spin_unlock_irqrestore(&counter.lock, flags);
	report(kheld(&counter));
	report(counter.value);
	return 0;
}

module_init(x_init);
