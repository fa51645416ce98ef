/* SPDX-License-Identifier: Dual MIT/GPL */
/* What asynchronous threads ask of their surroundings, beyond os.h. */
#ifndef KS_ASYNC_OS_H
#define KS_ASYNC_OS_H

#include "ks-rt/async/async.h"
#include "ks-rt/os/os.h"

#ifdef __KERNEL__
#define KS_ASYNC_STACK_SIZE 16384
#else
#define KS_ASYNC_STACK_SIZE 65536
#endif
#define KS_PAGE ((size_t)4096)

/* Makes this the runtime of the calling system thread, and fills in first.low and first.size. */
int ks_os_async_begin(struct ks_runtime *runtime);
void ks_os_async_end(struct ks_runtime *runtime);

/*
 * A stack of `size` bytes, whole pages, that cannot be written below: its lowest byte, or NULL.
 * In user space the system gives a page when it is first touched.
 */
char *ks_os_stack_alloc(size_t size);
void ks_os_stack_free(char *low, size_t size);

/* The contents may be lost. */
void ks_os_stack_forget(char *low, size_t size);

/* The name of a function, or as much as is known. */
void ks_os_symbol(char *text, size_t size, const void *address);

/* Nonzero: calls and returns are compared by the processor, and a switch would be a fault. */
bool ks_os_shadow_stack(void);

static inline void ks_fpu_save(struct ks_thread *thread)
{
#ifdef __SSE__
	__asm__ volatile("stmxcsr %0\n\tfnstcw %1" : "=m"(thread->mxcsr), "=m"(thread->x87));
#else
	(void)thread;
#endif
}

static inline void ks_fpu_load(const struct ks_thread *thread)
{
#ifdef __SSE__
	__asm__ volatile("ldmxcsr %0\n\tfldcw %1" ::"m"(thread->mxcsr), "m"(thread->x87));
#else
	(void)thread;
#endif
}

/* What a thread does, for a log. */
const char *ks_thread_state(const struct ks_runtime *runtime, const struct ks_thread *thread);

/* A fiber is what the thread sanitizer calls a stack. */
void ks_fiber_make(struct ks_thread *thread);
void ks_fiber_free(struct ks_thread *thread);

#ifdef KS_ASYNC_DEBUG
#define ks_async_complain(...) ks_os_log("async: " __VA_ARGS__)
#else
#define ks_async_complain(...) ((void)0)
#endif

#define KS_THREAD_MAGIC 0x6b7374687264ull
#define KS_SLOT(key) ((ks_u32)(key))

#endif
