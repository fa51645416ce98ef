// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct cell {
	u32 owner, tries;
};

static struct cell cells[5];
static u32 relaxed, released;

static int number(struct hwlock *lock)
{
	return lock - &lock->bank->lock[0];
}

static int trylock(struct hwlock *lock)
{
	struct cell *cell = lock->priv;

	cell->tries++;
	if (cell->owner || cell->tries % 3 == 1)
		return 0;
	cell->owner = lock->bank->base_id + number(lock);
	return 1;
}

static void unlock(struct hwlock *lock)
{
	struct cell *cell = lock->priv;

	released += cell->owner;
	cell->owner = 0;
}

static void relax(struct hwlock *lock)
{
	relaxed = relaxed * 2 + number(lock);
}

static const struct hwlock_ops ops = {trylock, unlock, relax};

static int x_init(void)
{
	struct hwlock_device *bank = kzalloc(sizeof(*bank) + 5 * sizeof(struct hwlock), 0);
	int err;

	for (int i = 0; i < 5; i++)
		bank->lock[i].priv = &cells[i];
	err = khwlock_register(bank, &ops, 40, 5);
	for (int i = 0; i < 5; i++)
		report(cells[i].owner * 10 + cells[i].tries);
	report(relaxed);
	report(released);
	return err;
}

module_init(x_init);
