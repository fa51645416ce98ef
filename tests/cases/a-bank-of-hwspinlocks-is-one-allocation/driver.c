// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct soc_sem {
	u32 regs[4];
	int relaxed[4];
	struct hwspinlock_device *bank;
};

static int sem_trylock(struct hwspinlock *lock)
{
	u32 *reg = lock->priv;
	if (*reg)
		return 0;
	*reg = 0x80 + hwlock_to_id(lock);
	return 1;
}

static void sem_unlock(struct hwspinlock *lock)
{
	*(u32 *)lock->priv = 0;
}

static void sem_relax(struct hwspinlock *lock)
{
	struct soc_sem *sem = lock->bank->dev->driver_data;
	int i = lock - lock->bank->lock;
	if (++sem->relaxed[i] == 3)
		sem->regs[i] = 0;
}
static const struct hwspinlock_ops sem_ops = {
	.trylock = sem_trylock,
	.unlock = sem_unlock,
	.relax = sem_relax,
};
static struct device sem_dev = {.name = "sem"};

static int sem_init(void)
{
	struct soc_sem *sem = kzalloc(sizeof(*sem), 0);
	struct hwspinlock_device *bank = kzalloc(sizeof(*bank) + 4 * sizeof(bank->lock[0]), 0);
	struct hwspinlock *second, *third;
	int err;
	sem->bank = bank;
	sem_dev.driver_data = sem;
	for (int i = 0; i < 4; i++)
		bank->lock[i].priv = &sem->regs[i];
	sem->regs[2] = 1;
	report(hwspin_lock_register(bank, &sem_dev, &sem_ops, 30, 4));
	err = hwspin_lock_register(bank, &sem_dev, &sem_ops, 16, 4);
	if (err)
		return err;
	second = hwspin_lock_request_specific(17);
	third = hwspin_lock_request_specific(18);
	report(hwspin_lock_get_id(second) * 100 + hwlock_to_id(third));
	report(!hwspin_lock_request_specific(17) * 2 + !hwspin_lock_request_specific(20));
	err = hwspin_lock_timeout(second, 1), report(err * 1000 + (int)sem->regs[1]);
	err = hwspin_lock_timeout(second, 2), report(err * 10 + sem->relaxed[1]);
	report(hwspin_lock_timeout(third, 5));
	report(sem->relaxed[2] * 1000 + sem->regs[2]);
	hwspin_unlock(third);
	report(hwspin_lock_unregister(bank) * 10 + (int)sem->regs[2]);
	return 0;
}

module_init(sem_init);
