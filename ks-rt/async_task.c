// SPDX-License-Identifier: Dual MIT/GPL
/*
 * What compilers call to start a block, as they do for `#pragma omp task`: gcc with a record of the
 * variables to be copied, clang first asking for room for it. Both records go to the top of the stack
 * that the block will run on.
 */
#define KS_ASYNC_TASKS
#include "ks-rt/async_os.h"

#define KS_TASK_ALIGN ((size_t)64)

static char *ks_task_room(struct ks_thread *thread, size_t size)
{
	return (char *)(((size_t)thread - size) & ~(KS_TASK_ALIGN - 1));
}

static void ks_task_run(struct ks_runtime *runtime, struct ks_thread *thread, void *sp)
{
	if (KS_UNLIKELY(runtime->current->attention & KS_THREAD_FPU))
		ks_thread_run_fpu(runtime, thread, sp);
	else
		ks_thread_run(runtime, thread, sp);
}

/* A stack for a block that has `size` bytes to be copied. */
static struct ks_thread *ks_task_thread(struct ks_runtime *runtime, size_t size)
{
	struct ks_thread *thread;

	if (size > runtime->options.stack_size / 2)
		return NULL;
	thread = ks_thread_take(runtime);
	return thread;
}

/* gcc. The last arguments are about what blocks have not: dependences, priorities. */
void ks_task(void (*function)(void *), void *data, void (*copy)(void *to, void *from), long size,
	     long align, bool condition, unsigned flags, void **depend, int priority);

void ks_task(void (*function)(void *), void *data, void (*copy)(void *to, void *from), long size,
	     long align, bool condition, unsigned flags, void **depend, int priority)
{
	struct ks_runtime *runtime = ks_runtime_here();
	struct ks_thread *thread = runtime ? ks_task_thread(runtime, (size_t)size) : NULL;
	char *room;

	(void)align, (void)condition, (void)flags, (void)depend, (void)priority;
	if (!thread) {
		ks_finish_fail(-ENOMEM);
		return;
	}
	room = ks_task_room(thread, (size_t)size);
	if (copy)
		copy(room, data);
	else
		memcpy(room, data, (size_t)size);
	thread->function = function;
	thread->argument = room;
	ks_task_run(runtime, thread, room);
}

/* clang's record; what is copied lies behind it. */
struct ks_task {
	void *shared;
	int (*function)(int self, struct ks_task *task);
};

/* Where the thread is written, in front of the record. */
#define KS_TASK_THREAD(task) (((struct ks_thread **)(void *)(task))[-1])

int ks_task_self(void *where);
struct ks_task *ks_task_prepare(void *where, int self, int flags, size_t size, size_t shared,
				int (*function)(int self, struct ks_task *task));
int ks_task_start(void *where, int self, struct ks_task *task);

int ks_task_self(void *where)
{
	(void)where;
	return 0;
}

struct ks_task *ks_task_prepare(void *where, int self, int flags, size_t size, size_t shared,
				int (*function)(int self, struct ks_task *task))
{
	struct ks_runtime *runtime = ks_runtime_here();
	size_t record = ks_align(size, 16);
	struct ks_thread *thread = ks_task_thread(runtime, record + shared);
	struct ks_task *task;

	(void)where, (void)self, (void)flags;
	if (thread) {
		task = (struct ks_task *)(void *)ks_task_room(thread, record + shared);
	} else {
		/* The caller writes to it in any case. */
		if (record + shared > sizeof(runtime->refused) - KS_TASK_ALIGN)
			__builtin_trap();
		task = (struct ks_task *)(void *)((char *)runtime->refused + KS_TASK_ALIGN);
	}
	task->shared = (char *)task + record;
	task->function = function;
	KS_TASK_THREAD(task) = thread;
	return task;
}

int ks_task_start(void *where, int self, struct ks_task *task)
{
	struct ks_runtime *runtime = ks_runtime_here();
	struct ks_thread *thread = KS_TASK_THREAD(task);

	(void)where, (void)self;
	if (!thread) {
		ks_finish_fail(-ENOMEM);
		return 0;
	}
	/* Called with the record as first and second argument: it only looks at the second. */
	thread->function = (void (*)(void *))(void (*)(void))task->function;
	thread->argument = task;
	ks_task_run(runtime, thread, (char *)task - KS_TASK_ALIGN);
	return 0;
}
