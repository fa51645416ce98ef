// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Asynchronous threads, what is not short: begin and end, stacks, cancellation, and the switches
 * that have more to do than to switch.
 *
 * The table holds every stack ever made, by slot. A stack keeps its slot, and the slot its key, which
 * only ever grows: so an id that was good once is not good again, and nothing is entered or
 * removed when threads come and go.
 */
#define KS_ASYNC_BODIES
#include "ks-rt/async_os.h"

/* Fills the table where there is no thread: it waits for nothing. */
static struct ks_thread ks_thread_none;

/* ---- stacks ---- */

static int ks_table_grow(struct ks_runtime *runtime)
{
	ks_u32 i, size = runtime->table ? 2 * (runtime->mask + 1) : 64;
	struct ks_thread **table;

	if (!size) /* 2^32 of them */
		return -ENOMEM;
	table = (struct ks_thread **)ks_os_alloc_large(size * sizeof(*table));
	if (!table)
		return -ENOMEM;
	for (i = 0; i < size; i++)
		table[i] = i && i <= runtime->slots ? runtime->table[i] : &ks_thread_none;
	if (runtime->table)
		ks_os_free_large(runtime->table);
	runtime->table = table;
	runtime->mask = size - 1;
	return 0;
}

static int ks_table_enter(struct ks_runtime *runtime, struct ks_thread *thread)
{
	if ((!runtime->table || runtime->slots == runtime->mask) && ks_table_grow(runtime))
		return -ENOMEM;
	runtime->table[++runtime->slots] = thread;
	thread->key = thread->born = KS_KEY_STEP | runtime->slots;
	thread->magic = KS_THREAD_MAGIC;
	ks_fiber_make(thread);
	return 0;
}

/*
 * The record is at the top of the stack, a little lower in each of sixteen: else all of them, and
 * all that is first on their stacks, would fight for the same few lines of the cache.
 */
struct ks_thread *ks_thread_new(struct ks_runtime *runtime)
{
	size_t size = runtime->options.stack_size;
	ks_u32 max = runtime->options.stacks_max;
	struct ks_thread *thread;
	size_t colour, top;
	char *low;

	if (max && runtime->slots > max) /* the first thread has a slot and no stack */
		return NULL;
	low = ks_os_stack_alloc(size);
	if (!low)
		return NULL;
	colour = runtime->slots % 16 * 192;
	top = ks_align(sizeof(*thread), 64) + colour;
	thread = (struct ks_thread *)(void *)(low + size - top);
	memset(thread, 0, sizeof(*thread));
	thread->low = low;
	thread->size = size;
	if (ks_table_enter(runtime, thread)) {
		ks_os_stack_free(low, size);
		return NULL;
	}
	return thread;
}

void ks_async_trim(void)
{
	struct ks_runtime *runtime = ks_runtime_here();
	struct ks_thread *thread;

	for (thread = runtime ? runtime->pool : NULL; thread; thread = thread->pooled) {
		/* The record, in the last pages, stays. */
		size_t below = (size_t)((char *)thread - thread->low) & ~(KS_PAGE - 1);

		ks_os_stack_forget(thread->low, below);
	}
}

/* ---- begin and end ---- */

static void ks_runtime_free(struct ks_runtime *runtime)
{
	ks_u32 i;

	for (i = 2; i <= runtime->slots; i++) {
		struct ks_thread *thread = runtime->table[i];

		ks_fiber_free(thread);
		ks_os_stack_free(thread->low, thread->size);
	}
	if (runtime->table)
		ks_os_free_large(runtime->table);
	ks_os_free(runtime);
}

static void ks_options_take(struct ks_runtime *runtime, const struct ks_async_options *options)
{
	if (options)
		runtime->options = *options;
	if (!runtime->options.stack_size)
		runtime->options.stack_size = KS_ASYNC_STACK_SIZE;
	runtime->options.stack_size = ks_align(runtime->options.stack_size, KS_PAGE);
	if (runtime->options.stack_size < 2 * KS_PAGE)
		runtime->options.stack_size = 2 * KS_PAGE;
}

int ks_async_begin(const struct ks_async_options *options)
{
	struct ks_runtime *runtime;
	int error;

	if (ks_runtime_here())
		return -EBUSY;
	if (ks_os_shadow_stack())
		return -EOPNOTSUPP;
	runtime = (struct ks_runtime *)ks_os_alloc(sizeof(*runtime));
	if (!runtime)
		return -ENOMEM;
	ks_options_take(runtime, options);
	runtime->ready.next = runtime->ready.previous = &runtime->ready;
	runtime->first.finish = runtime->first.home = &runtime->base;
	runtime->running = &runtime->first;
	error = ks_table_enter(runtime, &runtime->first);
	if (!error)
		error = ks_os_async_begin(runtime);
	if (error)
		ks_runtime_free(runtime);
	else if (runtime->options.flags & KS_ASYNC_FPU)
		ks_async_keep_fpu();
	return error;
}

int ks_async_end(void)
{
	struct ks_runtime *runtime = ks_runtime_here();

	if (!runtime)
		return -ESRCH;
	if (runtime->running != &runtime->first || runtime->base.pending ||
	    runtime->first.finish != &runtime->base) {
		ks_async_complain("ended while threads are pending, or a finish block is open");
#ifdef KS_ASYNC_DEBUG
		ks_async_dump();
#endif
		return -EBUSY;
	}
	ks_os_async_end(runtime);
	ks_runtime_free(runtime);
	return 0;
}

/* ---- ends, and who is next ---- */

static __attribute__((noreturn)) void ks_jump(struct ks_thread *to)
{
	__asm__ volatile("mov 16(%0), %%rsp\n\t"
			 "mov 24(%0), %%rbp\n\t" KS_JUMP_TO("32(%0)")
			 :
			 : "S"(to)
			 : "memory");
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
	if (next->attention & KS_THREAD_FPU)
		ks_fpu_load(next);
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
	ks_os_log("async: threads that have handed over are waited for, and nobody is left to hand back");
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

void ks_thread_run_fpu(struct ks_runtime *runtime, struct ks_thread *child, void *sp)
{
	struct ks_thread *parent = runtime->running;

	ks_fpu_save(parent);
	ks_thread_run(runtime, child, sp);
}

void ks_switch_slow(struct ks_runtime *runtime, struct ks_thread *thread)
{
	struct ks_thread *next = ks_thread_next(runtime, thread);

	if (thread->attention & KS_THREAD_FPU) {
		ks_fpu_save(thread);
		ks_fpu_load(next);
	}
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
	if (from->parent)
		ks_ready_prefer(runtime, ks_thread_detach(from));
	if (from->attention & KS_THREAD_FPU) {
		ks_fpu_save(from);
		ks_fpu_load(to);
	}
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
