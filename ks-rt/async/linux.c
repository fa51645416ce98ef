// SPDX-License-Identifier: Dual MIT/GPL
/*
 * What asynchronous threads ask for, in the kernel: vmalloc'd stacks, below which nothing is mapped, so
 * that an overflow is a double fault and not a silent write; and the runtime of a task, found by a table.
 *
 * A task may sleep on such a stack as on its own. It must not return to user space, nor end, before
 * ks_async_end().
 */
#include <linux/hash.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>
#include <linux/vmalloc.h>

#include "ks-rt/async/os.h"

/* Tasks that may have a runtime at one time, at most: one in each core's dispatcher, and callers. */
#define KS_TASK_BITS 8
#define KS_TASKS (1 << KS_TASK_BITS)

/*
 * Open addressing. A task only looks for itself, so entries of others that come and go do not matter
 * to it, as long as none is emptied on its way: what was an entry once remains a step.
 */
static struct {
	struct task_struct *task; /* NULL: never used; &ks_gone: free again */
	struct ks_runtime *runtime;
} ks_tasks[KS_TASKS];

static DEFINE_RAW_SPINLOCK(ks_tasks_lock);
static const char ks_gone_tag;
#define KS_GONE ((struct task_struct *)&ks_gone_tag)

struct ks_runtime *ks_runtime_here(void)
{
	u32 at = hash_ptr(current, KS_TASK_BITS);
	u32 steps;

	for (steps = 0; steps < KS_TASKS; steps++) {
		struct task_struct *task = READ_ONCE(ks_tasks[at].task);

		if (task == current)
			return ks_tasks[at].runtime;
		if (!task)
			return NULL;
		at = (at + 1) % KS_TASKS;
	}
	return NULL;
}

int ks_os_async_begin(struct ks_runtime *runtime)
{
	u32 at = hash_ptr(current, KS_TASK_BITS);
	unsigned long flags;
	int error = -ENOSPC;
	u32 steps;

	runtime->first.low = task_stack_page(current);
	runtime->first.size = THREAD_SIZE;
	raw_spin_lock_irqsave(&ks_tasks_lock, flags);
	for (steps = 0; steps < KS_TASKS; steps++) {
		struct task_struct *task = ks_tasks[at].task;

		if (!task || task == KS_GONE) {
			ks_tasks[at].runtime = runtime;
			WRITE_ONCE(ks_tasks[at].task, current);
			error = 0;
			break;
		}
		at = (at + 1) % KS_TASKS;
	}
	raw_spin_unlock_irqrestore(&ks_tasks_lock, flags);
	return error;
}

void ks_os_async_end(struct ks_runtime *runtime)
{
	unsigned long flags;
	u32 at;

	raw_spin_lock_irqsave(&ks_tasks_lock, flags);
	for (at = 0; at < KS_TASKS; at++)
		if (ks_tasks[at].task == current)
			WRITE_ONCE(ks_tasks[at].task, KS_GONE);
	raw_spin_unlock_irqrestore(&ks_tasks_lock, flags);
}

char *ks_os_stack_alloc(size_t size)
{
	return vzalloc(size);
}

void ks_os_stack_free(char *low, size_t size)
{
	vfree(low);
}

/* The pages of a kernel's stack are there for good. */
void ks_os_stack_forget(char *low, size_t size)
{
}

void ks_os_symbol(char *text, size_t size, const void *address)
{
	snprintf(text, size, "%pS", address);
}

/* 6.1 has none for itself. */
bool ks_os_shadow_stack(void)
{
	return false;
}
