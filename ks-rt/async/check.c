// SPDX-License-Identifier: Dual MIT/GPL
/*
 * What watches asynchronous threads: counts, the dump, and what the sanitizers have to be told at each
 * switch. The functions around a switch are not instrumented, since they begin on one
 * stack and end on another.
 */
#include "ks-rt/async/os.h"

#ifdef KS_ASYNC_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#ifdef KS_ASYNC_TSAN
#include <sanitizer/tsan_interface.h>
#endif

#if defined(__clang__)
#define KS_BARE                                                                             \
	__attribute__((disable_sanitizer_instrumentation, no_sanitize("undefined", "kcfi"), \
		       __noinline__))
#else
#define KS_BARE __attribute__((no_sanitize("address", "thread", "undefined"), __noinline__))
#endif

/* ---- counts and dump ---- */

const char *ks_thread_state(const struct ks_runtime *runtime, const struct ks_thread *thread)
{
	if (!thread->finish)
		return "not in use";
	if (thread == runtime->running)
		return "running";
	if (thread->link.next)
		return "ready";
	if (thread->waiting)
		return "waiting";
	if (thread->finish->waiter == thread)
		return "at the end of a finish block";
	return "at the start of a thread, or has handed over";
}

void ks_async_count(struct ks_async_counts *counts)
{
	struct ks_runtime *runtime = ks_runtime_here();
	ks_u32 slot;

	memset(counts, 0, sizeof(*counts));
	for (slot = 1; runtime && slot <= runtime->slots; slot++) {
		struct ks_thread *thread = runtime->table[slot];

		if (slot > 1)
			counts->stacks++;
		if (slot > 1 && thread->finish)
			counts->pending++;
		if (thread->link.next && thread->finish)
			counts->ready++;
		else if (thread->waiting)
			counts->waiting++;
	}
}

#define KS_FRAMES_MAX 32

/* A frame is the frame pointer of the one above, and a return address; they only go up. */
static void ks_frames_dump(const struct ks_thread *thread)
{
	char *low = thread->low, *high = low + thread->size, *at = (char *)thread->bp;
	const void *address = thread->ip;
	char text[160];
	int frame;

	for (frame = 0; frame < KS_FRAMES_MAX; frame++) {
		ks_os_symbol(text, sizeof(text), address);
		ks_os_log("async:     %s", text);
		if (at < low || at > high - 2 * sizeof(void *) || (size_t)at % sizeof(void *))
			return;
		address = ((const void **)(void *)at)[1];
		if (((char **)(void *)at)[0] <= at && ((char **)(void *)at)[0])
			return;
		at = ((char **)(void *)at)[0];
	}
}

void ks_async_dump(void)
{
	struct ks_runtime *runtime = ks_runtime_here();
	char text[160] = "the first";
	ks_u32 slot;

	for (slot = 1; runtime && slot <= runtime->slots; slot++) {
		struct ks_thread *thread = runtime->table[slot];

		if (!thread->finish || thread == runtime->running)
			continue;
		if (slot > 1)
			ks_os_symbol(text, sizeof(text), (const void *)thread->function);
		ks_os_log("async: thread %llx (%s) is %s%s", (unsigned long long)thread->key, text,
			  ks_thread_state(runtime, thread),
			  thread->attention & KS_THREAD_CANCELLED ? ", cancelled" : "");
		ks_frames_dump(thread);
	}
}

/* ---- around a switch ---- */

#ifdef KS_ASYNC_CHECKED

KS_BARE void ks_thread_check(const struct ks_thread *thread)
{
#ifdef KS_ASYNC_DEBUG
	if (thread->magic != KS_THREAD_MAGIC) {
		ks_os_log("async: the record of thread %p is overwritten", (const void *)thread);
		__builtin_trap();
	}
#else
	(void)thread;
#endif
}

KS_BARE void ks_switch_begins(struct ks_thread *from, struct ks_thread *to)
{
	if (from)
		ks_thread_check(from);
	ks_thread_check(to);
#ifdef KS_ASYNC_ASAN
	__sanitizer_start_switch_fiber(from ? &from->fake_stack : NULL, to->low, to->size);
#endif
#ifdef KS_ASYNC_TSAN
	__tsan_switch_to_fiber(to->fiber, 0);
#endif
}

KS_BARE void ks_switch_ends(struct ks_thread *to)
{
	(void)to;
#ifdef KS_ASYNC_ASAN
	__sanitizer_finish_switch_fiber(to->fake_stack, NULL, NULL);
#endif
}

/* Who is handed over to has handed over, which is to say that it is nothing else. */
void ks_hand_over_check(const struct ks_runtime *runtime, const struct ks_thread *to)
{
	ks_thread_check(to);
	if (to->finish && !to->waiting && !to->link.next && to != runtime->running)
		return;
#ifdef KS_ASYNC_DEBUG
	ks_os_log("async: handed over to a thread that is %s", ks_thread_state(runtime, to));
	__builtin_trap();
#endif
}

/* The first function of every thread. */
KS_BARE void ks_thread_run_checked(void *argument)
{
	struct ks_thread *thread = (struct ks_thread *)argument;
	void (*function)(void *, void *) =
		(void (*)(void *, void *))(void (*)(void))thread->function;

#ifdef KS_ASYNC_ASAN
	thread->fake_stack = NULL;
	/* Whoever had this stack before may have left it without returning. */
	__asan_unpoison_memory_region(thread->low, (size_t)((char *)&thread - thread->low) - 256);
#endif
	ks_switch_ends(thread);
	function(thread->argument, thread->argument); /* twice: as ks_switch_call() does */
	if (thread->finish != thread->home)
		ks_async_complain("a thread has ended in a finish block");
	if (thread->parent)
		ks_switch_begins(NULL, thread->parent);
}

#endif

void ks_fiber_make(struct ks_thread *thread)
{
	(void)thread;
#ifdef KS_ASYNC_TSAN
	if (thread->low)
		thread->fiber = __tsan_create_fiber(0);
	else
		thread->fiber = __tsan_get_current_fiber();
#endif
}

void ks_fiber_free(struct ks_thread *thread)
{
	(void)thread;
#ifdef KS_ASYNC_TSAN
	__tsan_destroy_fiber(thread->fiber);
#endif
}
