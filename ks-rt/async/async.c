// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Asynchronous threads, what is not short: who is next when nobody is ready, cancellation, and the
 * switches that have more to do than to switch.
 */
#define KS_ASYNC_BODIES
#include "ks-rt/async/os.h"

/* ---- ends, and who is next ---- */

/*
 * From the first switch with an exception on, all threads have theirs: before that, none that waits had
 * any.
 */
static void ks_exceptions_notice(struct ks_runtime *runtime)
{
	ks_u32 slot;

	if (!ks_throws(runtime) || runtime->running->attention & KS_THREAD_THROWS)
		return;
	for (slot = 1; slot <= runtime->slots; slot++) {
		runtime->table[slot]->exceptions = (struct ks_exceptions){ NULL, 0 };
		runtime->table[slot]->attention |= KS_THREAD_THROWS;
	}
}

static void ks_words_save(struct ks_runtime *runtime, struct ks_thread *thread)
{
	ks_exceptions_notice(runtime);
	if (thread->attention & KS_THREAD_THROWS)
		thread->exceptions = *runtime->exceptions;
	if (thread->attention & KS_THREAD_FPU)
		ks_fpu_save(thread);
}

static void ks_words_load(struct ks_runtime *runtime, const struct ks_thread *thread)
{
	if (thread->attention & KS_THREAD_THROWS)
		*runtime->exceptions = thread->exceptions;
	if (thread->attention & KS_THREAD_FPU)
		ks_fpu_load(thread);
}

static __attribute__((noreturn)) void ks_jump(struct ks_thread *to)
{
	/* clang-format off */
	__asm__ volatile("mov " KS_AT(SP) "(%0), %%rsp\n\t"
			 "mov " KS_AT(BP) "(%0), %%rbp\n\t" KS_JUMP_TO(KS_AT(IP) "(%0)")
			 :
			 : "S"(to)
			 : "memory");
	/* clang-format on */
	__builtin_unreachable();
}

/* Runs on the stack of a thread that has waited and has now returned. */
void ks_thread_ended(struct ks_thread *thread)
{
	struct ks_runtime *runtime = ks_runtime_here();
	struct ks_finish *home = thread->home;
	struct ks_thread *next;

	home->pending--;
	if (!home->pending && home->waiter) {
		next = home->waiter;
		home->waiter = NULL;
	} else {
		next = (struct ks_thread *)runtime->ready.next;
		if (&next->link == &runtime->ready)
			next = ks_ready_none(runtime);
		ks_ready_take(next);
	}
	/* Not before: an idle hook may start threads, and this stack is in use until the jump. */
	ks_thread_retire(runtime, thread);
	runtime->running = next;
	ks_words_load(runtime, next);
#ifdef KS_ASYNC_CHECKED
	ks_switch_begins(NULL, next);
#endif
	ks_jump(next);
}

/* Everybody waits, and nobody is left to end that. */
static void ks_waits_end(struct ks_runtime *runtime, int error)
{
	bool any = false;
	ks_u32 slot;

	for (slot = 1; slot <= runtime->slots; slot++) {
		struct ks_thread *thread = runtime->table[slot];

		if (!thread->waiting)
			continue;
		ks_thread_wake(thread, error);
		ks_ready_push(runtime, thread);
		any = true;
	}
	if (any)
		return;
	ks_os_log(
		"async: threads that have handed over are waited for, and nobody is left to hand back");
	ks_async_dump();
	__builtin_trap();
}

static int ks_idle(struct ks_runtime *runtime, bool sleep)
{
	struct ks_thread *thread = runtime->running;
	int error;

	if (!runtime->options.idle || thread->attention & KS_THREAD_IDLING)
		return -EDEADLK;
	thread->attention |= KS_THREAD_IDLING;
	error = runtime->options.idle(runtime->options.argument, sleep);
	thread->attention &= ~(ks_u32)KS_THREAD_IDLING;
	return error;
}

/* The first of the ready, once there is one. */
struct ks_thread *ks_ready_none(struct ks_runtime *runtime)
{
	while (runtime->ready.next == &runtime->ready) {
		int error = ks_idle(runtime, true);

		if (runtime->ready.next != &runtime->ready || error >= 0)
			continue;
		ks_async_complain("nothing is ready: every wait ends with error %d", error);
		ks_waits_end(runtime, error);
	}
	return (struct ks_thread *)runtime->ready.next;
}

/* ---- switches that have more to do ---- */

/*
 * From then on all threads have words of their own, and who stops running loads those of who
 * goes on: one that waits by the short path does not know of it.
 */
void ks_async_keep_fpu(void)
{
	struct ks_runtime *runtime = ks_runtime_here();
	ks_u32 slot;

	for (slot = 1; runtime && slot <= runtime->slots; slot++) {
		struct ks_thread *thread = runtime->table[slot];

		if (!(thread->attention & KS_THREAD_FPU))
			ks_fpu_save(thread);
		thread->attention |= KS_THREAD_FPU;
	}
}

/* Exceptions the child begins without, and ends without. */
void ks_thread_run_slow(struct ks_runtime *runtime, struct ks_thread *child, void *sp)
{
	struct ks_thread *parent = runtime->running;

	ks_words_save(runtime, parent);
	if (parent->attention & KS_THREAD_THROWS)
		*runtime->exceptions = (struct ks_exceptions){ NULL, 0 };
	ks_thread_run(runtime, child, sp);
	if (parent->attention & KS_THREAD_THROWS)
		*runtime->exceptions = parent->exceptions;
}

void ks_switch_slow(struct ks_runtime *runtime, struct ks_thread *thread)
{
	struct ks_thread *next = ks_thread_next(runtime, thread);

	ks_words_save(runtime, thread);
	ks_words_load(runtime, next);
	ks_switch_to(runtime, thread, next);
}

static bool ks_thread_cancelled(const struct ks_thread *thread)
{
	return (thread->attention & (KS_THREAD_CANCELLED | KS_THREAD_SHIELDED)) ==
	       KS_THREAD_CANCELLED;
}

/* The hook runs in the name of a thread that waits already. */
static bool ks_in_idle(const struct ks_thread *thread)
{
	if (thread->attention & KS_THREAD_IDLING)
		ks_async_complain("the idle hook waits");
	return thread->attention & KS_THREAD_IDLING;
}

int ks_wait_slow(struct ks_runtime *runtime, struct ks_thread *thread)
{
	if (ks_in_idle(thread))
		return -EDEADLK;
	if (ks_thread_cancelled(thread))
		return -ECANCELED;
	thread->waiting = true;
	ks_switch_slow(runtime, thread);
	return thread->result;
}

/* The next one to run, whoever else is ready. */
static void ks_ready_prefer(struct ks_runtime *runtime, struct ks_thread *thread)
{
	thread->link.previous = &runtime->ready;
	thread->link.next = runtime->ready.next;
	runtime->ready.next->previous = &thread->link;
	runtime->ready.next = &thread->link;
}

int ks_wait_for_slow(struct ks_runtime *runtime, struct ks_thread *thread, ks_async_id id)
{
	struct ks_thread *next = ks_thread_waiting(runtime, id);

	if (ks_in_idle(thread))
		return -EDEADLK;
	if (!next)
		return ks_id_refused(runtime, id);
	if (ks_thread_cancelled(thread))
		return -ECANCELED;
	if (thread->parent)
		ks_ready_prefer(runtime, ks_thread_detach(thread));
	ks_thread_wake(next, 0);
	ks_ready_prefer(runtime, next);
	thread->waiting = true;
	ks_switch_slow(runtime, thread);
	return thread->result;
}

void ks_hand_over_prepare(struct ks_runtime *runtime, struct ks_thread *from, struct ks_thread *to)
{
	struct ks_thread *parent = from->parent ? ks_thread_detach(from) : NULL;

	if (parent && parent != to)
		ks_ready_prefer(runtime, parent);
	ks_words_save(runtime, from);
	ks_words_load(runtime, to);
}

/* Nobody is ready, or somebody asks for attention. */
int ks_yield_slow(struct ks_runtime *runtime, struct ks_thread *thread)
{
	if (ks_in_idle(thread))
		return -EDEADLK;
	if (!thread->parent && runtime->ready.next == &runtime->ready)
		ks_idle(runtime, false);
	if (thread->parent || runtime->ready.next != &runtime->ready) {
		ks_ready_push(runtime, thread);
		ks_switch_slow(runtime, thread);
	}
	return ks_thread_cancelled(thread) ? -ECANCELED : 0;
}

int ks_yield_to_slow(struct ks_runtime *runtime, struct ks_thread *thread, ks_async_id id)
{
	struct ks_thread *next = ks_thread_waiting(runtime, id);

	if (ks_in_idle(thread))
		return -EDEADLK;
	if (next) {
		ks_thread_wake(next, 0);
	} else {
		next = runtime->table[KS_SLOT(id) & runtime->mask];
		if (next->key != id || !next->link.next)
			return ks_id_refused(runtime, id);
		ks_ready_take(next);
	}
	if (thread->parent)
		ks_ready_prefer(runtime, ks_thread_detach(thread));
	ks_ready_prefer(runtime, next);
	ks_ready_push(runtime, thread);
	ks_switch_slow(runtime, thread);
	return ks_thread_cancelled(thread) ? -ECANCELED : 0;
}

/* Why nobody waits under `id`. Keys of one slot are told apart by what they have grown. */
int ks_id_refused(struct ks_runtime *runtime, ks_async_id id)
{
	struct ks_thread *thread = runtime->table[KS_SLOT(id) & runtime->mask];
	ks_u64 age = id - thread->born, now = thread->key - thread->born;
	int error = -ESTALE;

	if (KS_SLOT(thread->key) == KS_SLOT(id) && thread->finish && age <= now)
		error = age == now ? -EAGAIN : -EALREADY;
	ks_async_complain("id %llx is refused with error %d; in its slot is a thread that is %s",
			  (unsigned long long)id, error, ks_thread_state(runtime, thread));
	return error;
}

/* ---- errors and cancellation ---- */

void ks_finish_fail(int error)
{
	struct ks_runtime *runtime = ks_runtime_here();

	if (runtime && !runtime->running->finish->error)
		runtime->running->finish->error = error;
}

/* Marks the blocks from the thread's innermost up to `finish`; false if that is not around it. */
static bool ks_blocks_cancel(struct ks_thread *thread, struct ks_finish *finish)
{
	struct ks_finish *block = thread->finish;

	while (block && block != finish)
		block = block->outer;
	if (!block)
		return false;
	for (block = thread->finish; block != finish; block = block->outer)
		block->cancelled = true;
	return true;
}

void ks_finish_cancel(struct ks_finish *finish, int error)
{
	struct ks_runtime *runtime = ks_runtime_here();
	ks_u32 slot;

	if (!runtime)
		return;
	if (!finish->error)
		finish->error = error;
	finish->cancelled = true;
	for (slot = 1; slot <= runtime->slots; slot++) {
		struct ks_thread *thread = runtime->table[slot];

		if (!ks_blocks_cancel(thread, finish))
			continue;
		thread->attention |= KS_THREAD_CANCELLED;
		if (!thread->waiting || !ks_thread_cancelled(thread))
			continue;
		ks_thread_wake(thread, -ECANCELED);
		ks_ready_push(runtime, thread);
	}
}

bool ks_async_shield(bool on)
{
	struct ks_runtime *runtime = ks_runtime_here();
	bool was;

	if (!runtime)
		return false;
	was = runtime->running->attention & KS_THREAD_SHIELDED;
	if (on)
		runtime->running->attention |= KS_THREAD_SHIELDED;
	else
		runtime->running->attention &= ~(ks_u32)KS_THREAD_SHIELDED;
	return was;
}
