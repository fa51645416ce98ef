// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct hwlock_device;

struct hwlock {
	struct hwlock_device *bank;
	spinlock_t lock;
	void *priv;
};

struct hwlock_ops {
	int (*trylock)(struct hwlock *lock);
	void (*unlock)(struct hwlock *lock);
	void (*relax)(struct hwlock *lock);
};

struct hwlock_device {
	const struct hwlock_ops *ops;
	int base_id, num_locks;
	struct hwlock lock[];
};

int khwlock_register(struct hwlock_device *bank, const struct hwlock_ops *ops, int base, int num);
