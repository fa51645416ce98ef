// SPDX-License-Identifier: Dual MIT/GPL
/*
 * What compilers call to start a block, as they do for `#pragma omp task`: gcc with a record of the
 * variables to be copied, clang first asking for room for it. Both records go to the top of the stack
 * that the block will run on.
 */
#define KS_ASYNC_TASKS
#include "ks-rt/async/os.h"

#define KS_TASK_ALIGN ((size_t)64)

static char *ks_task_room(struct ks_thread *thread, size_t size)
{
	return (char *)(((size_t)thread - size) & ~(KS_TASK_ALIGN - 1));
}

/*
 * Switches to the child, which ks_thread_run() would do as well, and more slowly: this one was called, so
 * if it went on behind a child that waits, its own return would take the processor's prediction of the
 * child's. So it leaves by a jump then. Without a wait all is paired.
 *
 *	void ks_task_enter(struct ks_runtime *, struct ks_thread *child, void *sp, struct ks_thread *parent)
 */
#ifndef KS_ASYNC_CHECKED
void ks_task_enter(struct ks_runtime *runtime, struct ks_thread *child, void *sp,
		   struct ks_thread *parent);

/* clang-format off */
__asm__(".pushsection .text\n"
	".p2align 4\n"
	".globl ks_task_enter\n"
	".type ks_task_enter, @function\n"
	"ks_task_enter:\n\t"
	KS_CFI(".cfi_startproc")
	"push %rbp\n\t"
	"push %rbx\n\t"
	"push %r12\n\t"
	"push %r13\n\t"
	"push %r14\n\t"
	"push %r15\n\t"
	"lea 1f(%rip), %rax\n\t"
	"mov %rsp, " KS_AT(SP) "(%rcx)\n\t"
	"mov %rax, " KS_AT(IP) "(%rcx)\n\t"
	"mov %rdi, %r12\n\t"
	"mov %rsi, %rbx\n\t"
	"mov %rdx, %rsp\n\t"
	"xor %ebp, %ebp\n\t"
	"mov " KS_AT(ARGUMENT) "(%rbx), %rdi\n\t"
	"mov %rdi, %rsi\n\t" /* where a clang's task looks for it */
	KS_CFI(".cfi_undefined rip")
	"notrack call *" KS_AT(FUNCTION) "(%rbx)\n\t"
	"mov " KS_AT(PARENT) "(%rbx), %rdx\n\t"
	"test %rdx, %rdx\n\t"
	"jz 2f\n\t"
	"mov " KS_AT(SP) "(%rdx), %rsp\n\t"
	KS_CFI(".cfi_def_cfa rsp, 56")
	KS_CFI(".cfi_offset rip, -8")
	"mov %rdx, " KS_AT(RUNNING) "(%r12)\n\t" /* ks_thread_retire() */
	"movabs $1 << " KS_TEXT_OF(KS_KEY_BITS) ", %rax\n\t"
	"add " KS_AT(KEY) "(%rbx), %rax\n\t"
	"mov " KS_AT(POOL) "(%r12), %rdx\n\t"
	"mov %rax, " KS_AT(KEY) "(%rbx)\n\t"
	"mov %rax, " KS_AT(BORN) "(%rbx)\n\t"
	"movq $0, " KS_AT(FINISH) "(%rbx)\n\t"
	"mov %rdx, " KS_AT(POOLED) "(%rbx)\n\t"
	"mov %rbx, " KS_AT(POOL) "(%r12)\n\t"
	"pop %r15\n\t"
	"pop %r14\n\t"
	"pop %r13\n\t"
	"pop %r12\n\t"
	"pop %rbx\n\t"
	"pop %rbp\n\t"
	"ret\n"
	"1:\n\t"
	"pop %r15\n\t"
	"pop %r14\n\t"
	"pop %r13\n\t"
	"pop %r12\n\t"
	"pop %rbx\n\t"
	"pop %rbp\n\t"
	"pop %rcx\n\t"
	"notrack jmp *%rcx\n"
	"2:\n\t"
	"mov %rbx, %rdi\n\t"
	"push $0\n\t"
	"jmp ks_thread_ended\n\t"
	KS_CFI(".cfi_endproc")
	".size ks_task_enter, . - ks_task_enter\n\t"
	".popsection\n");
/* clang-format on */
#endif

static void ks_task_run(struct ks_runtime *runtime, struct ks_thread *child, void *sp)
{
	struct ks_thread *parent = runtime->running;

	if (KS_UNLIKELY(ks_keeps(runtime, parent))) {
		ks_thread_run_slow(runtime, child, sp);
		return;
	}
#ifdef KS_ASYNC_CHECKED
	ks_thread_run(runtime, child, sp);
#else
	child->parent = parent;
	child->home = child->finish = parent->finish;
	child->attention = parent->attention;
	runtime->running = child;
	ks_task_enter(runtime, child, sp, parent);
#endif
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
	else if (size)
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
void ks_task_start(void *where, int self, struct ks_task *task);

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

/* Its result is for nobody; so that what it ends with is a jump. */
void ks_task_start(void *where, int self, struct ks_task *task)
{
	struct ks_runtime *runtime = ks_runtime_here();
	struct ks_thread *thread = KS_TASK_THREAD(task);

	(void)where, (void)self;
	if (!thread) {
		ks_finish_fail(-ENOMEM);
		return;
	}
	/* Called with the record as first and second argument: it only looks at the second. */
	thread->function = (void (*)(void *))(void (*)(void))task->function;
	thread->argument = task;
	ks_task_run(runtime, thread, (char *)task - KS_TASK_ALIGN);
}
