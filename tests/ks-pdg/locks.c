// Lock functions, with the lock they are for; the body of a lock function is none of its own.
// RUN: sh %inputs/facts.sh %s >facts
// RUN: FileCheck %s <facts
// RUN: FileCheck --check-prefix=NEVER %s <facts
// CHECK-DAG: lock f: acquire spin spin_lock *arg0->device.lock device.lock
// CHECK-DAG: lock f: release spin spin_unlock *arg0->device.lock device.lock
// CHECK-DAG: lock f: acquire rtnl rtnl_lock ? -
// CHECK-DAG: lock f: try_acquire mutex mutex_trylock big_lock -
// CHECK-DAG: lock g: acquire spin _raw_spin_lock_irqsave *arg0->device.lock->spinlock_t.raw spinlock_t.raw
// NEVER-NOT: lock spin_lock
typedef struct { int word; } raw_t;
typedef struct { raw_t raw; } spinlock_t;
struct mutex { int owner; };
struct device { int flags; spinlock_t lock; };
extern struct mutex big_lock;
void _raw_spin_lock(raw_t *);
unsigned long _raw_spin_lock_irqsave(raw_t *);
void spin_unlock(spinlock_t *);
void rtnl_lock(void);
int mutex_trylock(struct mutex *);

// As in the header that they come from.
# 1 "spinlock.h"
static inline raw_t *spinlock_check(spinlock_t *l) { return &l->raw; }
static inline void spin_lock(spinlock_t *l) { _raw_spin_lock(&l->raw); }
# 30 "locks.c"
void f(struct device *d)
{
	spin_lock(&d->lock);
	spin_unlock(&d->lock);
	rtnl_lock();
	mutex_trylock(&big_lock);
}
unsigned long g(struct device *d) { return _raw_spin_lock_irqsave(spinlock_check(&d->lock)); }
