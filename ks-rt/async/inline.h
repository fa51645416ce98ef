/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * The short paths of async.h: create, wait, yield, resume. Here, so that they are inlined where they
 * are used (switch.h says why), except in the kernel, under sanitizers, and with
 * KS_ASYNC_DEBUG, where the same text is compiled once, in async.c.
 */
#ifndef KS_ASYNC_INLINE_H
#define KS_ASYNC_INLINE_H

#include "ks-rt/async/switch.h"

/* Whether the system thread has exceptions that a switch must not leave to others. */
static inline bool ks_throws(const struct ks_runtime *runtime)
{
#ifdef __KERNEL__
	(void)runtime;
	return false;
#else
	const struct ks_exceptions *exceptions = runtime->exceptions;

	return exceptions->caught || exceptions->in_flight;
#endif
}

/* Whether the short paths are not for the thread. */
static inline bool ks_attends(const struct ks_runtime *runtime, const struct ks_thread *thread)
{
	return thread->attention || ks_throws(runtime);
}

/* Whether it has words to keep when others run. */
static inline bool ks_keeps(const struct ks_runtime *runtime, const struct ks_thread *thread)
{
	return thread->attention & KS_THREAD_KEEPS || ks_throws(runtime);
}

static inline void ks_ready_push(struct ks_runtime *runtime, struct ks_thread *thread)
{
	struct ks_link *last = runtime->ready.previous;

	thread->link.next = &runtime->ready;
	thread->link.previous = last;
	last->next = &thread->link;
	runtime->ready.previous = &thread->link;
}

static inline void ks_ready_take(struct ks_thread *thread)
{
	thread->link.previous->next = thread->link.next;
	thread->link.next->previous = thread->link.previous;
	thread->link.next = NULL;
}

/* From here on `thread` is no longer its parent's call: the finish block waits for it. */
static inline struct ks_thread *ks_thread_detach(struct ks_thread *thread)
{
	struct ks_thread *parent = thread->parent;

	thread->parent = NULL;
	thread->home->pending++;
	return parent;
}

/* Who runs when `thread` does not. */
static inline struct ks_thread *ks_thread_next(struct ks_runtime *runtime, struct ks_thread *thread)
{
	struct ks_thread *next;

	if (thread->parent)
		return ks_thread_detach(thread);
	next = (struct ks_thread *)runtime->ready.next;
	if (KS_UNLIKELY(&next->link == &runtime->ready))
		next = ks_ready_none(runtime);
	ks_ready_take(next);
	return next;
}

static inline __attribute__((always_inline)) void
ks_switch_to(struct ks_runtime *runtime, struct ks_thread *from, struct ks_thread *to)
{
	runtime->running = to;
	ks_switch(from, to);
}

/* The thread that waits under `id`, or NULL. */
static inline struct ks_thread *ks_thread_waiting(struct ks_runtime *runtime, ks_async_id id)
{
	struct ks_thread *thread = runtime->table[(ks_u32)id & runtime->mask];

	return thread->key == id && thread->waiting ? thread : NULL;
}

static inline void ks_thread_wake(struct ks_thread *thread, int result)
{
	thread->waiting = false;
	thread->key += KS_KEY_STEP;
	thread->result = result;
}

static inline struct ks_thread *ks_thread_self(void)
{
	return ks_runtime_here()->running;
}

static inline __attribute__((always_inline)) void ks_hand_over(struct ks_thread *to)
{
	struct ks_runtime *runtime = ks_runtime_here();
	struct ks_thread *from = runtime->running;

#ifdef KS_ASYNC_CHECKED
	ks_hand_over_check(runtime, to);
#endif
	if (KS_UNLIKELY(from->parent || ks_attends(runtime, from)))
		ks_hand_over_prepare(runtime, from, to);
	ks_switch_to(runtime, from, to);
}

static inline void ks_release(struct ks_thread *thread)
{
	struct ks_runtime *runtime = ks_runtime_here();

#ifdef KS_ASYNC_CHECKED
	ks_hand_over_check(runtime, thread);
#endif
	ks_ready_push(runtime, thread);
}

static inline void ks_thread_retire(struct ks_runtime *runtime, struct ks_thread *thread)
{
	thread->born = thread->key += KS_KEY_STEP; /* its ids are not good for the next one */
	thread->finish = NULL;
	thread->pooled = runtime->pool;
	runtime->pool = thread;
}

/* A stack, or NULL. */
static inline struct ks_thread *ks_thread_take(struct ks_runtime *runtime)
{
	struct ks_thread *thread = runtime->pool;

	if (KS_UNLIKELY(!thread))
		return ks_thread_new(runtime);
	runtime->pool = thread->pooled;
	return thread;
}

static inline __attribute__((always_inline)) void ks_thread_run(struct ks_runtime *runtime,
								struct ks_thread *child, void *sp)
{
	struct ks_thread *parent = runtime->running;

	child->parent = parent;
	child->home = child->finish = parent->finish;
	child->attention = parent->attention;
	runtime->running = child;
	if (ks_switch_call(parent, child, sp)) {
		runtime->running = parent;
		ks_thread_retire(runtime, child);
	}
}

/* ---- what async.h promises ---- */

#ifndef KS_ASYNC_CHECKED
#define KS_ASYNC_HERE(runtime, otherwise) struct ks_runtime *runtime = ks_runtime_here()
#else
/* Else the bodies below are compiled where KS_ASYNC_BODIES is defined, once. */
#define KS_ASYNC_HERE(runtime, otherwise)               \
	struct ks_runtime *runtime = ks_runtime_here(); \
	if (!runtime)                                   \
		return otherwise;                       \
	ks_thread_check(runtime->running)
#endif

KS_ASYNC_API int ks_thread_call(void (*function)(void *), void *argument);
KS_ASYNC_API struct ks_finish *ks_finish_enter(struct ks_finish *finish);
KS_ASYNC_API void ks_finish_leave(struct ks_finish **finish);
KS_ASYNC_API ks_async_id ks_async_self(void);
KS_ASYNC_API int ks_wait(void);
KS_ASYNC_API int ks_wait_for(ks_async_id id);
KS_ASYNC_API int ks_yield(void);
KS_ASYNC_API int ks_yield_to(ks_async_id id);
KS_ASYNC_API int ks_resume(ks_async_id id, int result);

#if !defined(KS_ASYNC_CHECKED) || defined(KS_ASYNC_BODIES)

KS_ASYNC_API int ks_thread_call(void (*function)(void *), void *argument)
{
	KS_ASYNC_HERE(runtime, -ESRCH);
	struct ks_thread *child = ks_thread_take(runtime);

	if (KS_UNLIKELY(!child))
		return -ENOMEM;
	child->function = function;
	child->argument = argument;
	if (KS_UNLIKELY(ks_keeps(runtime, runtime->running)))
		ks_thread_run_slow(runtime, child, child);
	else
		ks_thread_run(runtime, child, child);
	return 0;
}

KS_ASYNC_API struct ks_finish *ks_finish_enter(struct ks_finish *finish)
{
	struct ks_thread *thread;

	finish->error = -ESRCH;
	KS_ASYNC_HERE(runtime, NULL);
	thread = runtime->running;
	finish->outer = thread->finish;
	finish->waiter = NULL;
	finish->pending = 0;
	finish->cancelled = thread->finish->cancelled;
	finish->error = 0;
	thread->finish = finish;
	return finish;
}

/* By reference, as attribute cleanup has it. */
KS_ASYNC_API void ks_finish_leave(struct ks_finish **finish)
{
	struct ks_runtime *runtime = ks_runtime_here();
	struct ks_thread *thread;

	if (!*finish)
		return;
	thread = runtime->running;
	if ((*finish)->pending) {
		(*finish)->waiter = thread;
		if (KS_UNLIKELY(ks_attends(runtime, thread)))
			ks_switch_slow(runtime, thread);
		else
			ks_switch_to(runtime, thread, ks_thread_next(runtime, thread));
	}
	thread->finish = (*finish)->outer;
	if (KS_UNLIKELY(thread->attention & KS_THREAD_CANCELLED) && !thread->finish->cancelled)
		thread->attention &= ~(ks_u32)KS_THREAD_CANCELLED;
}

KS_ASYNC_API ks_async_id ks_async_self(void)
{
	KS_ASYNC_HERE(runtime, 0);
	return runtime->running->key;
}

KS_ASYNC_API int ks_wait(void)
{
	KS_ASYNC_HERE(runtime, -ESRCH);
	struct ks_thread *thread = runtime->running;

	if (KS_UNLIKELY(ks_attends(runtime, thread)))
		return ks_wait_slow(runtime, thread);
	thread->waiting = true;
	ks_switch_to(runtime, thread, ks_thread_next(runtime, thread));
	return thread->result;
}

KS_ASYNC_API int ks_wait_for(ks_async_id id)
{
	KS_ASYNC_HERE(runtime, -ESRCH);
	struct ks_thread *thread = runtime->running;
	struct ks_thread *next = ks_thread_waiting(runtime, id);

	if (KS_UNLIKELY(!next || thread->parent || ks_attends(runtime, thread)))
		return ks_wait_for_slow(runtime, thread, id);
	ks_thread_wake(next, 0);
	thread->waiting = true;
	ks_switch_to(runtime, thread, next);
	return thread->result;
}

KS_ASYNC_API int ks_yield(void)
{
	KS_ASYNC_HERE(runtime, -ESRCH);
	struct ks_thread *thread = runtime->running;

	if (KS_UNLIKELY(ks_attends(runtime, thread)) ||
	    (!thread->parent && runtime->ready.next == &runtime->ready))
		return ks_yield_slow(runtime, thread);
	ks_ready_push(runtime, thread);
	ks_switch_to(runtime, thread, ks_thread_next(runtime, thread));
	return 0;
}

KS_ASYNC_API int ks_yield_to(ks_async_id id)
{
	KS_ASYNC_HERE(runtime, -ESRCH);
	struct ks_thread *thread = runtime->running;
	struct ks_thread *next = ks_thread_waiting(runtime, id);

	if (KS_UNLIKELY(!next || thread->parent || ks_attends(runtime, thread)))
		return ks_yield_to_slow(runtime, thread, id);
	ks_thread_wake(next, 0);
	ks_ready_push(runtime, thread);
	ks_switch_to(runtime, thread, next);
	return 0;
}

KS_ASYNC_API int ks_resume(ks_async_id id, int result)
{
	KS_ASYNC_HERE(runtime, -ESRCH);
	struct ks_thread *thread = ks_thread_waiting(runtime, id);

	if (KS_UNLIKELY(!thread))
		return ks_id_refused(runtime, id);
	ks_thread_wake(thread, result);
	ks_ready_push(runtime, thread);
	return 0;
}
#endif

#endif
