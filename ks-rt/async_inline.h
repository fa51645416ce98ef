/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * The short paths of async.h: what a thread is, the switch, create, wait.
 *
 * A thread that does not run is three words: stack pointer, frame pointer, and where to go on.
 * Everything else that is live the compiler saves, since the switch clobbers it; and it
 * jumps instead of returning, so that the processor's return stack, which knows nothing of stacks,
 * is not led astray. That only works where the code is inlined: so it is in this header, except in
 * the kernel, under sanitizers, and with KS_ASYNC_DEBUG, where the same text is compiled
 * once, in async.c.
 */
#ifndef KS_ASYNC_INLINE_H
#define KS_ASYNC_INLINE_H

#define KS_UNLIKELY(condition) __builtin_expect(!!(condition), 0)

struct ks_link {
	struct ks_link *next, *previous;
};

/* At the top of its stack, but for the first thread's. */
struct ks_thread {
	struct ks_link link; /* among the ready; next is NULL in all others that live */
	void *sp, *bp, *ip;
	struct ks_thread *parent; /* who goes on when it first waits; NULL since it has */
	ks_u64 key;		  /* the id of its present wait, else of its next */
	ks_u64 born;		  /* its first key */
	struct ks_finish *finish; /* the innermost block it is in; NULL: the stack is not in use */
	struct ks_finish *home;	  /* the block it was started in */
	ks_u32 attention;	  /* KS_THREAD_*: the short paths are not for it */
	bool waiting;		  /* may be resumed by its key */
	int result;		  /* of its wait */
	void (*function)(void *);
	void *argument;
	struct ks_thread *pooled; /* the next one not in use */
	char *low;		  /* its stack's lowest byte */
	size_t size;
	ks_u32 mxcsr;
	ks_u16 x87;
	void *fake_stack, *fiber; /* the sanitizers' */
	ks_u64 magic;
};

#define KS_THREAD_CANCELLED 1 /* the innermost block is */
#define KS_THREAD_SHIELDED 2
#define KS_THREAD_FPU 4
#define KS_THREAD_IDLING 8 /* it is the one that runs the idle hook */

/* From the key of one wait to that of the next. */
#define KS_KEY_STEP ((ks_u64)1 << 32)

struct ks_runtime {
	struct ks_thread *running;
	struct ks_thread *pool;
	struct ks_link ready;
	struct ks_thread **table; /* by slot; a power of two, filled up with a thread that is none */
	ks_u32 mask;
	ks_u32 slots; /* in use, counted from slot 1 */
	ks_u32 flags;
	struct ks_async_options options;
	struct ks_finish base; /* the block around all others */
	struct ks_thread first;
	void *os;
	ks_u64 refused[64]; /* what a block that gets no stack is written to */
};

#ifdef __KERNEL__
struct ks_runtime *ks_runtime_here(void);
#else
extern __thread struct ks_runtime *ks_runtime_current;

static inline struct ks_runtime *ks_runtime_here(void)
{
	return ks_runtime_current;
}
#endif

/* Whose bodies are in async.c: what is rare. */
struct ks_thread *ks_thread_new(struct ks_runtime *runtime);
struct ks_thread *ks_ready_none(struct ks_runtime *runtime);
void ks_thread_run_fpu(struct ks_runtime *runtime, struct ks_thread *child, void *sp);
void ks_switch_slow(struct ks_runtime *runtime, struct ks_thread *thread);
int ks_wait_slow(struct ks_runtime *runtime, struct ks_thread *thread);
int ks_wait_for_slow(struct ks_runtime *runtime, struct ks_thread *thread, ks_async_id id);
int ks_yield_slow(struct ks_runtime *runtime, struct ks_thread *thread);
int ks_yield_to_slow(struct ks_runtime *runtime, struct ks_thread *thread, ks_async_id id);
void ks_hand_over_prepare(struct ks_runtime *runtime, struct ks_thread *from, struct ks_thread *to);
void ks_hand_over_check(const struct ks_runtime *runtime, const struct ks_thread *to);
int ks_id_refused(struct ks_runtime *runtime, ks_async_id id);
__attribute__((noreturn)) void ks_thread_ended(struct ks_thread *thread);

/* As above, for the sanitizers and the checks; `from` is NULL if it has ended. */
void ks_thread_run_checked(void *thread);
void ks_thread_check(const struct ks_thread *thread);
void ks_switch_begins(struct ks_thread *from, struct ks_thread *to);
void ks_switch_ends(struct ks_thread *to);

#if defined(__GNUC__) && defined(__GCC_HAVE_DWARF2_CFI_ASM) && !defined(__KERNEL__)
#define KS_CFI(directive) directive "\n\t"
#else
#define KS_CFI(directive)
#endif

/*
 * In user space, indirect branch tracking is told not to look. The kernel does not allow that; where it
 * tracks branches, or keeps from predicting them, a return does what the jump cannot.
 */
#ifndef __KERNEL__
#define KS_JUMP_TO(memory) "notrack jmp *" memory "\n\t"
#define KS_CALL_TO(reg) "notrack call *%%" reg "\n\t"
#elif defined(CONFIG_RETPOLINE) || defined(CONFIG_X86_KERNEL_IBT)
#include <linux/linkage.h>
#define KS_JUMP_TO(memory) "push " memory "\n\t" ASM_RET
#define KS_CALL_TO(reg) "call __x86_indirect_thunk_" reg "\n\t"
#else
#define KS_JUMP_TO(memory) "jmp *" memory "\n\t"
#define KS_CALL_TO(reg) "call *%%" reg "\n\t"
#endif

#ifdef __AVX512F__
#define KS_CLOBBER_AVX512                                                                      \
	, "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21", "xmm22", "xmm23", "xmm24",     \
		"xmm25", "xmm26", "xmm27", "xmm28", "xmm29", "xmm30", "xmm31", "k1", "k2", "k3", \
		"k4", "k5", "k6", "k7"
#else
#define KS_CLOBBER_AVX512
#endif
#ifdef __SSE__
#define KS_CLOBBER_FPU                                                                          \
	, "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", \
		"xmm11", "xmm12", "xmm13", "xmm14", "xmm15", "st", "st(1)", "st(2)", "st(3)",     \
		"st(4)", "st(5)", "st(6)", "st(7)" KS_CLOBBER_AVX512
#else
#define KS_CLOBBER_FPU
#endif

/* Leaves `from` to go on behind this when it is switched to again. Offsets are those above. */
static inline __attribute__((always_inline)) void ks_switch(struct ks_thread *from,
							    struct ks_thread *to)
{
#ifdef KS_ASYNC_CHECKED
	ks_switch_begins(from, to);
#endif
	__asm__ volatile("lea 1f(%%rip), %%rax\n\t"
			 "mov %%rsp, 16(%0)\n\t"
			 "mov %%rbp, 24(%0)\n\t"
			 "mov %%rax, 32(%0)\n\t"
			 "mov 16(%1), %%rsp\n\t"
			 "mov 24(%1), %%rbp\n\t" KS_JUMP_TO("32(%1)") "1:"
			 : "+D"(from), "+S"(to)
			 :
			 : "rax", "rbx", "rcx", "rdx", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
			   "r15", "memory", "cc" KS_CLOBBER_FPU);
#ifdef KS_ASYNC_CHECKED
	ks_switch_ends(ks_runtime_here()->running);
#endif
}

/*
 * Calls child->function on the child's stack, from `sp` downwards. True if it ended without waiting;
 * false if it waits now, or the parent goes on for the child having waited.
 */
static inline __attribute__((always_inline)) bool ks_switch_call(struct ks_thread *parent,
								 struct ks_thread *child, void *sp)
{
	void (*function)(void *) = child->function;
	void *argument = child->argument;

#ifdef KS_ASYNC_CHECKED
	function = ks_thread_run_checked;
	argument = child;
	ks_switch_begins(parent, child);
#endif
	/* The stack ends here for who walks it: frame pointer 0, return address undefined. */
	__asm__ volatile goto("lea %l[waits](%%rip), %%r8\n\t"
		     "mov %%rsp, 16(%%rdx)\n\t"
		     "mov %%rbp, 24(%%rdx)\n\t"
		     "mov %%r8, 32(%%rdx)\n\t"
		     "mov %%rcx, %%rsp\n\t"
		     "xor %%ebp, %%ebp\n\t"
		     KS_CFI(".cfi_remember_state")
		     KS_CFI(".cfi_undefined rip")
		     "mov %%rdi, %%rsi\n\t" /* where a clang's task looks for it */
		     KS_CALL_TO("rax")
		     KS_CFI(".cfi_restore_state")
		     "mov 40(%%rbx), %%rdx\n\t"
		     "test %%rdx, %%rdx\n\t"
		     "jz 2f\n\t"
		     "mov 16(%%rdx), %%rsp\n\t"
		     "mov 24(%%rdx), %%rbp\n\t"
		     ".subsection 1\n"
		     "2:\n\t"
		     "mov %%rbx, %%rdi\n\t"
		     "push $0\n\t"
		     "jmp ks_thread_ended\n\t"
		     ".previous"
		     : "+b"(child), "+c"(sp), "+d"(parent), "+a"(function), "+D"(argument)
		     :
		     : "rsi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "memory",
		       "cc" KS_CLOBBER_FPU
		     : waits);
#ifdef KS_ASYNC_CHECKED
	ks_switch_ends(ks_runtime_here()->running->parent);
#endif
	return true;
waits:
#ifdef KS_ASYNC_CHECKED
	ks_switch_ends(ks_runtime_here()->running);
#endif
	return false;
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

static inline __attribute__((always_inline)) void ks_switch_to(struct ks_runtime *runtime,
							       struct ks_thread *from,
							       struct ks_thread *to)
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
	if (KS_UNLIKELY(from->parent || from->attention))
		ks_hand_over_prepare(runtime, from, to);
	ks_switch_to(runtime, from, to);
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
	if (KS_UNLIKELY(runtime->running->attention & KS_THREAD_FPU))
		ks_thread_run_fpu(runtime, child, child);
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
		if (KS_UNLIKELY(thread->attention))
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

	if (KS_UNLIKELY(thread->attention))
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

	if (KS_UNLIKELY(!next || thread->attention || thread->parent))
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

	if (KS_UNLIKELY(thread->attention) ||
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

	if (KS_UNLIKELY(!next || thread->attention || thread->parent))
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
