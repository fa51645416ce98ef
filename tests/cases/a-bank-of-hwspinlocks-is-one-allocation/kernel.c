// SPDX-License-Identifier: MIT
#include <linux/api.h>
#define IDS 32
static struct hwspinlock *tree[IDS];
static u32 used;

int hwspin_lock_register(struct hwspinlock_device *bank, struct device *dev,
	const struct hwspinlock_ops *ops, int base_id, int num_locks)
{
	int i;
	kernel_only();
	bank->dev = dev;
	bank->ops = ops;
	bank->base_id = base_id;
	bank->num_locks = num_locks;
	for (i = 0; i < num_locks; i++) {
		if (base_id + i >= IDS)
			goto unwind;
		bank->lock[i].bank = bank;
		tree[base_id + i] = &bank->lock[i];
	}
	return 0;
unwind:
	while (--i >= 0)
		tree[base_id + i] = NULL;
	return -28;
}

int hwspin_lock_unregister(struct hwspinlock_device *bank)
{
	kernel_only();
	for (int i = 0; i < bank->num_locks; i++)
		if (used & (1u << hwlock_to_id(&bank->lock[i])))
			return -16;
	return 0;
}

struct hwspinlock *hwspin_lock_request_specific(int id)
{
	kernel_only();
	if (!tree[id] || used & (1u << id))
		return NULL;
	used |= 1u << id;
	return tree[id];
}

int hwspin_lock_get_id(struct hwspinlock *hwlock)
{
	kernel_only();
	return hwlock_to_id(hwlock);
}

int hwspin_lock_timeout(struct hwspinlock *hwlock, int tries)
{
	kernel_only();
	while (tries--) {
		if (spin_trylock(&hwlock->lock)) {
			if (hwlock->bank->ops->trylock(hwlock))
				return 0;
			spin_unlock(&hwlock->lock);
		}
		if (hwlock->bank->ops->relax)
			hwlock->bank->ops->relax(hwlock);
	}
	return -110;
}

void hwspin_unlock(struct hwspinlock *hwlock)
{
	kernel_only();
	hwlock->bank->ops->unlock(hwlock);
	spin_unlock(&hwlock->lock);
}
