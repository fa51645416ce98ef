/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * What a thread is, and the switch.
 *
 * A thread that does not run is three words: stack pointer, frame pointer, and where to go on.
 * Everything else that is live the compiler saves, since the switch clobbers it; and it
 * jumps instead of returning, so that the processor's return stack, which knows nothing of stacks,
 * is not led astray. That only works where the code is inlined: a function around it would return.
 */
#ifndef KS_ASYNC_SWITCH_H
#define KS_ASYNC_SWITCH_H

#include "ks-rt/offset.h"

#define KS_UNLIKELY(condition) __builtin_expect(!!(condition), 0)

struct ks_link {
	struct ks_link *next, *previous;
};

/*
 * Of a system thread, as the C++ ABI for Itanium has it (section 2.2.2): the exceptions that are being
 * handled, and how many unwind its stack.
 */
struct ks_exceptions {
	void *caught;
	unsigned int in_flight;
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
	struct ks_exceptions exceptions;
	void *fake_stack, *fiber; /* the sanitizers' */
	ks_u64 magic;
};

/*
 * Where assembly finds members of struct ks_thread, and of struct ks_runtime. KS_AT(SP) is the number as
 * text.
 */
#define KS_AT_SP 16
#define KS_AT_BP 24
#define KS_AT_IP 32
#define KS_AT_PARENT 40
#define KS_AT_KEY 48
#define KS_AT_BORN 56
#define KS_AT_FINISH 64
#define KS_AT_FUNCTION 96
#define KS_AT_ARGUMENT 104
#define KS_AT_POOLED 112
#define KS_AT_RUNNING 0
#define KS_AT_POOL 8
#define KS_AT(member) KS_TEXT_OF(KS_AT_##member)
#define KS_TEXT_OF(number) KS_TEXT(number)
#define KS_TEXT(text) #text

KS_OFFSET(KS_AT_SP, struct ks_thread, sp);
KS_OFFSET(KS_AT_BP, struct ks_thread, bp);
KS_OFFSET(KS_AT_IP, struct ks_thread, ip);
KS_OFFSET(KS_AT_PARENT, struct ks_thread, parent);
KS_OFFSET(KS_AT_KEY, struct ks_thread, key);
KS_OFFSET(KS_AT_BORN, struct ks_thread, born);
KS_OFFSET(KS_AT_FINISH, struct ks_thread, finish);
KS_OFFSET(KS_AT_FUNCTION, struct ks_thread, function);
KS_OFFSET(KS_AT_ARGUMENT, struct ks_thread, argument);
KS_OFFSET(KS_AT_POOLED, struct ks_thread, pooled);

#define KS_THREAD_CANCELLED 1 /* the innermost block is */
#define KS_THREAD_SHIELDED 2
#define KS_THREAD_FPU 4
#define KS_THREAD_IDLING 8 /* it is the one that runs the idle hook */
#define KS_THREAD_THROWS 16
#define KS_THREAD_KEEPS (KS_THREAD_FPU | KS_THREAD_THROWS) /* words of its own */

/* From the key of one wait to that of the next. */
#define KS_KEY_BITS 32
#define KS_KEY_STEP ((ks_u64)1 << KS_KEY_BITS)

struct ks_runtime {
	struct ks_thread *running;
	struct ks_thread *pool;
	struct ks_link ready;
	struct ks_thread **table; /* by slot; a power of two, filled up with a thread that is none */
	ks_u32 mask;
	ks_u32 slots; /* in use, counted from slot 1 */
	ks_u32 flags;
	struct ks_exceptions *exceptions; /* of the system thread; NULL in the kernel */
	struct ks_async_options options;
	struct ks_finish base; /* the block around all others */
	struct ks_thread first;
	void *os;
	ks_u64 refused[64]; /* what a block that gets no stack is written to */
};

KS_OFFSET(KS_AT_RUNNING, struct ks_runtime, running);
KS_OFFSET(KS_AT_POOL, struct ks_runtime, pool);

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
void ks_thread_run_slow(struct ks_runtime *runtime, struct ks_thread *child, void *sp);
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
#define KS_CLOBBER_AVX512                                                                        \
	, "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21", "xmm22", "xmm23", "xmm24",       \
		"xmm25", "xmm26", "xmm27", "xmm28", "xmm29", "xmm30", "xmm31", "k1", "k2", "k3", \
		"k4", "k5", "k6", "k7"
#else
#define KS_CLOBBER_AVX512
#endif
#ifdef __SSE__
#define KS_CLOBBER_FPU                                                                             \
	, "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", \
		"xmm11", "xmm12", "xmm13", "xmm14", "xmm15", "st", "st(1)", "st(2)", "st(3)",      \
		"st(4)", "st(5)", "st(6)", "st(7)" KS_CLOBBER_AVX512
#else
#define KS_CLOBBER_FPU
#endif

/*
 * Leaves `from` to go on behind this when it is switched to again. If that is by this function too, it
 * returns who did it.
 */
static inline __attribute__((always_inline)) struct ks_thread *ks_switch(struct ks_thread *from,
									 struct ks_thread *to)
{
#ifdef KS_ASYNC_CHECKED
	ks_switch_begins(from, to);
#endif
	/* clang-format off */
	__asm__ volatile("lea 1f(%%rip), %%rax\n\t"
			 "mov %%rsp, " KS_AT(SP) "(%0)\n\t"
			 "mov %%rbp, " KS_AT(BP) "(%0)\n\t"
			 "mov %%rax, " KS_AT(IP) "(%0)\n\t"
			 "mov " KS_AT(SP) "(%1), %%rsp\n\t"
			 "mov " KS_AT(BP) "(%1), %%rbp\n\t" KS_JUMP_TO(KS_AT(IP) "(%1)") "1:"
			 : "+D"(from), "+S"(to)
			 :
			 : "rax", "rbx", "rcx", "rdx", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
			   "r15", "memory", "cc" KS_CLOBBER_FPU);
	/* clang-format on */
#ifdef KS_ASYNC_CHECKED
	ks_switch_ends(ks_runtime_here()->running);
#endif
	return from;
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
	/* clang-format off */
	__asm__ volatile goto("lea %l[waits](%%rip), %%r8\n\t"
		     "mov %%rsp, " KS_AT(SP) "(%%rdx)\n\t"
		     "mov %%rbp, " KS_AT(BP) "(%%rdx)\n\t"
		     "mov %%r8, " KS_AT(IP) "(%%rdx)\n\t"
		     "mov %%rcx, %%rsp\n\t"
		     "xor %%ebp, %%ebp\n\t"
		     KS_CFI(".cfi_remember_state")
		     KS_CFI(".cfi_undefined rip")
		     "mov %%rdi, %%rsi\n\t" /* where a clang's task looks for it */
		     KS_CALL_TO("rax")
		     KS_CFI(".cfi_restore_state")
		     "mov " KS_AT(PARENT) "(%%rbx), %%rdx\n\t"
		     "test %%rdx, %%rdx\n\t"
		     "jz 2f\n\t"
		     "mov " KS_AT(SP) "(%%rdx), %%rsp\n\t"
		     "mov " KS_AT(BP) "(%%rdx), %%rbp\n\t"
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
	/* clang-format on */
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

#endif
