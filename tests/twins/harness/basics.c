// SPDX-License-Identifier: MIT
// The part of the kernel that all pairs have: what was reported, and locks. One thread runs; a lock's
// word says whether it is held.
#include <linux/k.h>

int trace_place[4096];
long trace_value[4096];
int traced;
int kernel_calls;

void report(int place, long value)
{
	kernel_only();
	if (traced == 4096)
		return;
	trace_place[traced] = place;
	trace_value[traced] = value;
	traced++;
}

void spin_lock(spinlock_t *lock)
{
	kernel_only();
	lock->word++;
}

void spin_unlock(spinlock_t *lock)
{
	kernel_only();
	lock->word--;
}

void mutex_lock(struct mutex *lock)
{
	kernel_only();
	lock->count++;
}

void mutex_unlock(struct mutex *lock)
{
	kernel_only();
	lock->count--;
}

void complete(struct completion *completion)
{
	kernel_only();
	completion->done++;
}

void wait_for_completion(struct completion *completion)
{
	kernel_only();
	while (!completion->done)
		schedule();
	completion->done--;
}

static int rcu_readers;

void rcu_read_lock(void)
{
	kernel_only();
	rcu_readers++;
}

void rcu_read_unlock(void)
{
	kernel_only();
	rcu_readers--;
}

void synchronize_rcu(void)
{
	kernel_only();
	schedule();
}
