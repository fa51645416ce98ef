/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * Cooperative threads, each with a stack, many in one kernel or user thread:
 *
 *	struct ks_finish all;
 *
 *	ks_finish (&all) {
 *		for (i = 0; i < n; i++)
 *			ks_async_with (i) {
 *				reply[i] = request(i);
 *			}
 *	}
 *	if (all.error) ...
 *
 * A block starts at once, by a call on a stack from a pool. If it does not wait, that is all it
 * costs. If it waits, whoever started it goes on behind the block; the end of the finish block
 * waits for all that was started in it.
 *
 * All of this stays in the one thread of the system that called ks_async_begin(): nothing here
 * is atomic, locked, or to be called from an interrupt or a signal. In user space each has the C++
 * exceptions that it handles, or that unwind its stack, for itself. Functions return 0 or a
 * negative errno:
 *
 *	-ECANCELED	the finish block around the caller was cancelled
 *	-EDEADLK	nothing is ready, and nobody could make anything ready
 *	-EAGAIN		the wait that the id names has not begun
 *	-EALREADY	it is over, and its thread has not ended
 *	-ESTALE		the id names no thread, or one that has ended
 *	-ENOMEM		no memory or no mappings for a stack, or stacks_max are in use
 *	-EBUSY, -EOPNOTSUPP, -ENOSPC	of ks_async_begin() and ks_async_end()
 *	-ESRCH		ks_async_begin() was not called here (only where calls are checked)
 */
#ifndef KS_ASYNC_H
#define KS_ASYNC_H

#include "ks-rt/rt.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define KS_ASYNC_ASAN
#endif
#if __has_feature(thread_sanitizer)
#define KS_ASYNC_TSAN
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define KS_ASYNC_ASAN
#endif
#ifdef __SANITIZE_THREAD__
#define KS_ASYNC_TSAN
#endif

/* Calls are functions, and may check. */
#if defined(__KERNEL__) || defined(KS_ASYNC_ASAN) || defined(KS_ASYNC_TSAN) || \
	defined(KS_ASYNC_DEBUG)
#define KS_ASYNC_CHECKED
#define KS_ASYNC_API
#define KS_ASYNC_BEGIN ks_async_begin_checked /* so that what does not fit does not link */
#else
#define KS_ASYNC_BEGIN ks_async_begin_inline
#define KS_ASYNC_API static inline __attribute__((always_inline, unused))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Names one wait of one thread: its present one, else its next. Bits 0 to 31 are the thread's slot,
 * the rest counts up as waits begin and end. Never 0. May be given to anybody: it is checked when it
 * comes back, and taken only while the very wait it names goes on.
 */
typedef ks_u64 ks_async_id;

struct ks_thread;

/* One finish block, on the stack of the thread that is in it. */
struct ks_finish {
	struct ks_finish *outer;
	struct ks_thread *waiter; /* the thread, if it waits at the block's end */
	ks_u32 pending;		  /* threads that have waited and not yet ended */
	bool cancelled;
	int error; /* the first one of ks_finish_fail() or ks_finish_cancel(), else 0 */
};

#define KS_ASYNC_CATCH_OVERFLOW 1 /* user space: a stack overflow says whose, then is a SIGSEGV */
#define KS_ASYNC_FPU 2		  /* as if by ks_async_keep_fpu(), from the start */

struct ks_async_options {
	size_t stack_size; /* bytes, rounded up to pages; 0: KS_ASYNC_STACK_SIZE */
	ks_u32 stacks_max; /* 0: as many as there is memory for */
	ks_u32 flags;
	/*
	 * Called when no thread is ready: makes some ready by ks_resume(), and returns 0 to be asked
	 * again. It may sleep if `sleep` is true; else somebody has yielded, and goes on next. A
	 * negative errno, if nobody is ready then, ends every wait with it. It runs on the stack of
	 * whoever waited last, and may neither wait nor start threads. NULL: as if it said -EDEADLK.
	 */
	int (*idle)(void *argument, bool sleep);
	void *argument;
};

/*
 * Makes the calling system thread one in which asynchronous threads can run; the caller is the
 * first of them. NULL options are all zero. -EBUSY: done already. -EOPNOTSUPP: the processor
 * keeps a shadow stack for this thread. May sleep.
 */
#define ks_async_begin KS_ASYNC_BEGIN /* two names, for two ways to compile this */
int ks_async_begin(const struct ks_async_options *options);

/* Ends that. -EBUSY, and nothing ends, while any thread but the first is pending. May sleep. */
int ks_async_end(void);

/*
 * ---- blocks ----
 *
 * ks_finish (&finish) { } sets up `finish`, and waits at its end, however it is left: by its last
 * line, break, goto or return. Then finish.error is the first error. A cancelled block waits too,
 * for threads whose waits now fail.
 *
 * ks_async { } starts a thread that refers to the variables around it: they must live until the
 * finish block ends, as those outside of it do. ks_async_with (a, b) { } has copies of a and b, made
 * at the start. It is an error to leave the block by break, goto or return. If there is no stack for
 * it, it does not run, and the finish block fails with -ENOMEM.
 *
 * The compiler makes a function of the block as it does for OpenMP's tasks, with the same rules
 * for variables; so files that have such blocks are compiled with -fopenmp. The library of OpenMP
 * plays no part.
 */
/* clang-format off */
#define ks_finish(finish)                                                      \
	for (struct ks_finish *ks_block __attribute__((cleanup(ks_finish_leave))) = \
		     ks_finish_enter(finish),                                  \
		     *ks_once = ks_block;                                      \
	     ks_once; ks_once = NULL)
/* clang-format on */

#ifdef _OPENMP
#define KS_PRAGMA(text) _Pragma(#text)
#define KS_PRAGMA_OF(text) KS_PRAGMA(text)
#define ks_async _Pragma("omp task default(shared)")
#define ks_async_with(...) KS_PRAGMA_OF(omp task default(shared) firstprivate(__VA_ARGS__))

/* What the compiler calls, under names that leave a real OpenMP alone. */
#ifdef __clang__
__asm__(".set __kmpc_global_thread_num, ks_task_self\n"
	".set __kmpc_omp_task_alloc, ks_task_prepare\n"
	".set __kmpc_omp_task, ks_task_start\n");
#else
__asm__(".set GOMP_task, ks_task\n");
#endif
#endif

/* The same for a function. -ENOMEM: it was not called. */
#define ks_async_call(function, argument) ks_thread_call(function, argument)

/* Records an error of the innermost finish block around the caller; the first one stays. */
void ks_finish_fail(int error);

/*
 * Cancels a block that is not left yet, and the blocks inside of it: waits of their threads end
 * with -ECANCELED, now and later, but for shielded ones. Who is not waiting is not disturbed.
 */
void ks_finish_cancel(struct ks_finish *finish, int error);

/* From here on the caller's waits are not cancelled (true), or are again (false): for a wait that
 * must see its end, such as for a reply that is written into the caller's stack. So are those of
 * threads it starts meanwhile. Returns what was. */
bool ks_async_shield(bool on);

/*
 * From here on each thread has the floating-point control words (mxcsr, x87) that it left when it
 * waited, as a caller of a function may expect. Who changes them, and waits before
 * setting them back, must call this first; otherwise nobody pays for it.
 */
void ks_async_keep_fpu(void);

/* ---- waiting: ks_wait*, ks_yield*; see inline.h for their bodies ----
 *
 *	ks_async_id ks_async_self(void)		the id of the caller's next wait
 *	int ks_wait(void)			until somebody resumes it; the value given to ks_resume()
 *	int ks_wait_for(ks_async_id id)		the same, and `id` runs next, resumed with 0
 *	int ks_yield(void)			others that are ready go first
 *	int ks_yield_to(ks_async_id id)		`id` goes first: one that waits is resumed with 0,
 *						one that has yielded is preferred
 *	int ks_resume(ks_async_id id, int result)	makes a waiting thread ready
 *
 * A yield in a cancelled block does yield, and returns -ECANCELED. If `id` is not good, nothing
 * is waited for. */

/*
 *	struct ks_thread *ks_thread_self(void)		the caller
 *	void ks_hand_over(struct ks_thread *to)		`to` goes on, where it handed over itself
 *	void ks_release(struct ks_thread *thread)	makes one ready that has handed over
 *
 * For threads that are made for each other, as a producer and its consumer are: the bare switch.
 * Until somebody hands back or releases it, the caller is neither ready nor waiting; it is not
 * resumed, not cancelled, and nobody looks after it: who ends releases first. A thread that has not
 * waited yet may hand over to who started it. `to` is checked only in debug builds.
 */

/* ---- looking on ---- */

struct ks_async_counts {
	ks_u32 stacks;	/* made so far, in use or not */
	ks_u32 pending; /* threads but the first that have not ended */
	ks_u32 waiting; /* of these, those that only ks_resume() or a cancellation can wake */
	ks_u32 ready;
};
void ks_async_count(struct ks_async_counts *counts);

/*
 * Logs every thread that does not run: id, state, function, and where it waits, as far as there are
 * frame pointers.
 */
void ks_async_dump(void);

/* Gives the memory of stacks that are not in use back to the system. */
void ks_async_trim(void);

#include "ks-rt/async/inline.h"

#ifdef __cplusplus
}
#endif

#endif
