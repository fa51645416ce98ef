// SPDX-License-Identifier: MIT
// Devices with a lock that both sides take.
typedef struct {
	int word;
} spinlock_t;

struct device {
	spinlock_t lock;
	unsigned int level;
	unsigned int seen;
	spinlock_t own_lock;
	unsigned int own;
};

void spin_lock(spinlock_t *lock);
int spin_trylock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void rtnl_lock(void);
void rtnl_unlock(void);

struct device *make_device(void (*setup)(struct device *device));
int device_tick(struct device *device);
