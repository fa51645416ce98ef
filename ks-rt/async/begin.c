// SPDX-License-Identifier: Dual MIT/GPL
/*
 * Asynchronous threads: how a runtime begins and ends, and its stacks.
 *
 * The table holds every stack ever made, by slot. A stack keeps its slot, and the slot its key, which
 * only ever grows: so an id that was good once is not good again, and nothing is entered or
 * removed when threads come and go.
 */
#include "ks-rt/async/os.h"

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
