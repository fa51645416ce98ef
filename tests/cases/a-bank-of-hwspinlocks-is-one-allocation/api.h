// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>
struct hwspinlock_device;

struct hwspinlock {
	struct hwspinlock_device *bank;
	spinlock_t lock;
	void *priv;
};

struct hwspinlock_ops {
	int (*trylock)(struct hwspinlock *lock);
	void (*unlock)(struct hwspinlock *lock);
	void (*relax)(struct hwspinlock *lock);
};

struct device {
	const char *name;
	void *driver_data;
};

struct hwspinlock_device {
	struct device *dev;
	const struct hwspinlock_ops *ops;
	int base_id;
	int num_locks;
	struct hwspinlock lock[];
};

static inline int hwlock_to_id(struct hwspinlock *hwlock)
{
	return hwlock->bank->base_id + (int)(hwlock - &hwlock->bank->lock[0]);
}

int hwspin_lock_register(struct hwspinlock_device *bank, struct device *dev,
	const struct hwspinlock_ops *ops, int base_id, int num_locks);
int hwspin_lock_unregister(struct hwspinlock_device *bank);
struct hwspinlock *hwspin_lock_request_specific(int id);
int hwspin_lock_get_id(struct hwspinlock *hwlock);
int hwspin_lock_timeout(struct hwspinlock *hwlock, int tries);
void hwspin_unlock(struct hwspinlock *hwlock);
