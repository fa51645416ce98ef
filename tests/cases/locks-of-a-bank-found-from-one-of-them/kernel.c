// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct hwlock *table[64];

static int lock_it(struct hwlock *lock, int timeout)
{
	for (;;) {
		spin_lock(&lock->lock);
		if (lock->bank->ops->trylock(lock))
			return 0;
		spin_unlock(&lock->lock);
		if (timeout-- == 0)
			return -110;
		if (lock->bank->ops->relax)
			lock->bank->ops->relax(lock);
	}
}

int khwlock_register(struct hwlock_device *bank, const struct hwlock_ops *ops, int base, int num)
{
	kernel_only();
	if (!ops->trylock || !ops->unlock || num > 16)
		return -22;
	bank->ops = ops;
	bank->base_id = base;
	bank->num_locks = num;
	for (int i = 0; i < num; i++) {
		bank->lock[i].bank = bank;
		table[base + i] = &bank->lock[i];
	}
	report(lock_it(table[base + 3], 4));
	report(lock_it(table[base + 1], 0));
	report(lock_it(table[base + 3], 2));
	return 0;
}

int later(void)
{
	report(lock_it(table[41], 5));
	report(lock_it(table[44], 5));
	table[43]->bank->ops->unlock(table[43]);
	spin_unlock(&table[43]->lock);
	report(lock_it(table[43], 5));
	table[44]->bank->ops->unlock(table[44]);
	spin_unlock(&table[44]->lock);
	report(lock_it(table[44], 1));
	return table[44]->bank->num_locks;
}
