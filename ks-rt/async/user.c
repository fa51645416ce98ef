// SPDX-License-Identifier: Dual MIT/GPL
/* What asynchronous threads ask for, in user space: mappings with a guard below, and signals. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "ks-rt/async/os.h"

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

__thread struct ks_runtime *ks_runtime_current;

/* Of the C++ runtime, if the program has one. */
extern struct ks_exceptions *__cxa_get_globals(void) __attribute__((weak));

/* Else nothing ever is in here. */
static struct ks_exceptions ks_exceptions_none;

/* ---- stacks ---- */

/* What lies below a stack and cannot be touched: more than the frame of any sane function. */
#define KS_GUARD (16 * KS_PAGE)

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102 /* Linux 6.13: a guard that does not split the mapping */
#endif

char *ks_os_stack_alloc(size_t size)
{
	char *low = (char *)mmap(NULL, KS_GUARD + size, PROT_READ | PROT_WRITE,
				 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);

	if (low == MAP_FAILED)
		return NULL;
	/* Neighbours are merged, and a stack must not become two megabytes by its first page. */
	madvise(low, KS_GUARD + size, MADV_NOHUGEPAGE);
	if (madvise(low, KS_GUARD, MADV_GUARD_INSTALL) && mprotect(low, KS_GUARD, PROT_NONE)) {
		munmap(low, KS_GUARD + size);
		return NULL;
	}
	return low + KS_GUARD;
}

void ks_os_stack_free(char *low, size_t size)
{
	munmap(low - KS_GUARD, KS_GUARD + size);
}

void ks_os_stack_forget(char *low, size_t size)
{
	madvise(low, size, MADV_DONTNEED);
}

/* ---- overflows ---- */

struct ks_signals {
	stack_t stack_before;
	void *stack;
};

#define KS_SIGNAL_STACK 65536

static struct sigaction ks_before; /* of the process, when the first runtime began to catch */

static const struct ks_thread *ks_overflowed(const char *address)
{
	struct ks_runtime *runtime = ks_runtime_current;
	ks_u32 slot;

	for (slot = 2; runtime && slot <= runtime->slots; slot++) {
		const struct ks_thread *thread = runtime->table[slot];

		if (address >= thread->low - KS_GUARD && address < thread->low)
			return thread;
	}
	return NULL;
}

/* Says whose stack it was; then the fault happens again, to whoever was to get it before. */
static void ks_on_fault(int signal, siginfo_t *info, void *context)
{
	const struct ks_thread *thread = ks_overflowed((const char *)info->si_addr);

	(void)context;
	if (thread) {
		char name[160];

		/* Not for signal handlers, strictly; but the process ends here. */
		ks_os_symbol(name, sizeof(name), (const void *)thread->function);
		ks_os_log(
			"async: stack overflow: thread %llx (%s), %zu bytes of stack, at address %p",
			(unsigned long long)thread->key, name, thread->size, info->si_addr);
	}
	sigaction(signal, &ks_before, NULL);
}

static int ks_faults_catch(struct ks_runtime *runtime)
{
	struct ks_signals *signals = (struct ks_signals *)ks_os_alloc(sizeof(*signals));
	struct sigaction action, now;
	stack_t stack;

	if (!signals)
		return -ENOMEM;
	memset(&action, 0, sizeof(action));
	memset(&stack, 0, sizeof(stack));
	stack.ss_sp = signals->stack = malloc(KS_SIGNAL_STACK);
	stack.ss_size = KS_SIGNAL_STACK;
	if (!signals->stack || sigaltstack(&stack, &signals->stack_before)) {
		free(signals->stack);
		ks_os_free(signals);
		return -ENOMEM;
	}
	action.sa_sigaction = ks_on_fault;
	action.sa_flags = SA_SIGINFO | SA_ONSTACK;
	sigaction(SIGSEGV, &action, &now);
	if (now.sa_sigaction != ks_on_fault)
		ks_before = now;
	runtime->os = signals;
	return 0;
}

/* ---- begin and end ---- */

int ks_os_async_begin(struct ks_runtime *runtime)
{
	pthread_attr_t attributes;
	void *low;

	if (pthread_getattr_np(pthread_self(), &attributes))
		return -ENOMEM;
	pthread_attr_getstack(&attributes, &low, &runtime->first.size);
	pthread_attr_destroy(&attributes);
	runtime->first.low = (char *)low;
	if (runtime->options.flags & KS_ASYNC_CATCH_OVERFLOW) {
		int error = ks_faults_catch(runtime);

		if (error)
			return error;
	}
	runtime->exceptions = __cxa_get_globals ? __cxa_get_globals() : &ks_exceptions_none;
	ks_runtime_current = runtime;
	return 0;
}

void ks_os_async_end(struct ks_runtime *runtime)
{
	struct ks_signals *signals = (struct ks_signals *)runtime->os;

	ks_runtime_current = NULL;
	if (!signals)
		return;
	/* The handler stays: it knows no thread any more, and passes every fault on. */
	sigaltstack(&signals->stack_before, NULL);
	free(signals->stack);
	ks_os_free(signals);
}

void ks_os_symbol(char *text, size_t size, const void *address)
{
	Dl_info info;

	if (!dladdr(address, &info))
		snprintf(text, size, "%p", address);
	else if (info.dli_sname)
		snprintf(text, size, "%s+0x%zx", info.dli_sname,
			 (size_t)((const char *)address - (const char *)info.dli_saddr));
	else
		snprintf(text, size, "%s+0x%zx", info.dli_fname,
			 (size_t)((const char *)address - (const char *)info.dli_fbase));
}

bool ks_os_shadow_stack(void)
{
	unsigned long pointer = 0;

	/* Does nothing where there is no shadow stack. */
	__asm__ volatile(".byte 0xf3, 0x48, 0x0f, 0x1e, 0xc8" : "+a"(pointer)); /* rdsspq %rax */
	return pointer;
}
