/* SPDX-License-Identifier: Dual MIT/GPL */
/*
 * What the runtime asks of its surroundings: memory, locks, a log. The one
 * place where the kernel, a domain and user space differ.
 */
#ifndef KS_OS_H
#define KS_OS_H

#include "ks-rt/rt.h"

#ifdef KS_INSIDE /* kernel code in a domain of its own: nothing of the kernel is there */
typedef struct {
	unsigned int taken;
} ks_lock;
typedef ks_lock ks_mutex;
#define KS_DEFINE_MUTEX(name) ks_mutex name
#define KS_DEFINE_LOCK(name) ks_lock name
#elif defined(__KERNEL__)
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>
typedef raw_spinlock_t ks_lock;
typedef struct mutex ks_mutex;
#define KS_DEFINE_MUTEX(name) DEFINE_MUTEX(name)
#define KS_DEFINE_LOCK(name) DEFINE_RAW_SPINLOCK(name)
#else
#include <pthread.h>
typedef pthread_mutex_t ks_lock;
typedef pthread_mutex_t ks_mutex;
#define KS_DEFINE_MUTEX(name) pthread_mutex_t name = PTHREAD_MUTEX_INITIALIZER
#define KS_DEFINE_LOCK(name) pthread_mutex_t name = PTHREAD_MUTEX_INITIALIZER
#endif

#define KS_OUTER(pointer, type, member) ((type *)((char *)(pointer) - offsetof(type, member)))

#define ks_load(pointer) __atomic_load_n(pointer, __ATOMIC_RELAXED)
#define ks_store(pointer, value) __atomic_store_n(pointer, value, __ATOMIC_RELAXED)
#define ks_count(pointer) __atomic_fetch_add(pointer, 1, __ATOMIC_RELAXED)

static inline size_t ks_align(size_t n, size_t to)
{
	return (n + to - 1) / to * to;
}

#ifdef __cplusplus
extern "C" {
#endif

/* Zeroed memory, in any context; NULL if there is none. */
void *ks_os_alloc(size_t size);
void ks_os_free(void *memory);
/* What others have, or have freed, and nothing here points to from now on: no leak of the runtime's. */
void ks_os_leave(void *memory);

/* As above, for much of it; may sleep. */
void *ks_os_alloc_large(size_t size);
void ks_os_free_large(void *memory);

/*
 * The block of the domain's heap that the address lies in: what one of the domain's allocators has
 * given out and not taken back. Returns its start and sets its size; NULL if it lies in none.
 */
void *ks_os_block(const void *address, size_t *size);

/*
 * The block of the kernel's memory that the address lies in, as its allocator knows it: returns its start and
 * sets its size; NULL if nothing knows, as of stacks, and of all memory in a domain.
 */
void *ks_os_kernel_block(const void *address, size_t *size);
/* Whether it is never freed: a variable of the kernel's own image. */
bool ks_os_is_static(const void *address);
/*
 * Whether the kernel has memory where its own pointer leads, as far as a look at the address says: what stands in a
 * member of a union that another one was last stored to leads anywhere. In any context.
 */
bool ks_os_is_memory(const void *address);
/* What stands for the page of the kernel's memory that the address lies in, as its code passes pages; NULL if none does. */
const void *ks_os_page_of(const void *address);
/* In the kernel, once, before that; may sleep. */
void ks_os_blocks_init(void);

/* Gives a whole block of the domain's heap back, as the domain's allocator would. */
void ks_os_block_free(void *block);

/*
 * Per-CPU memory: what a start stands for lies at ks_os_percpu_at(start, n) of each processor n below
 * ks_os_processors(), of which there are as many at both ends. Zeroed, in any context; NULL if there is none.
 */
ks_u32 ks_os_processors(void);
void *ks_os_percpu_alloc(size_t size);
void ks_os_percpu_free(void *start);
void *ks_os_percpu_at(const void *start, ks_u32 processor);
/* How many bytes of each processor the domain's allocator has given out there; 0 if it does not say. */
size_t ks_os_percpu_size(const void *start);

/* From now on, and no more, ks_memory_freed() is wanted; may sleep. */
void ks_os_watch_frees(bool watch);
/* Whether ks_memory_freed() is called for what the kernel frees of such memory, one by one; frees in bulk go unheard. */
bool ks_os_sees_frees(const void *address);

/*
 * What the kernel frees and tells ks_memory_freed() of stays until no other processor that found it is looking at it:
 * between ks_os_look() and ks_os_looked(), which nest, interrupts are off; ks_os_lookers_wait() waits until each other
 * processor that was between them has left.
 */
unsigned long ks_os_look(void);
void ks_os_looked(unsigned long state);
void ks_os_lookers_wait(void);

/*
 * Keeps the module that the function is of, false if it is going; likewise, lets it go. The module of
 * `own`, which ends with the domain itself, is not kept. In any context.
 */
bool ks_os_hold_function(void (*function)(void), const void *own);
void ks_os_leave_function(void (*function)(void), const void *own);

/* What may sleep, for who may not: in a thread that may, soon, `run` is called. */
struct ks_work {
	void (*run)(struct ks_work *work);
#if defined(__KERNEL__) && !defined(KS_INSIDE)
	struct work_struct work;
#else
	struct ks_work *next;
#endif
};
void ks_os_defer_init(struct ks_work *work, void (*run)(struct ks_work *work));
void ks_os_defer(struct ks_work *work);
/* No more of it; waits until it does not run; may sleep. */
void ks_os_defer_end(struct ks_work *work);

/* Held for short and never over a sleep; interrupts are off meanwhile. */
void ks_lock_init(ks_lock *lock);
unsigned long ks_lock_acquire(ks_lock *lock);
void ks_lock_release(ks_lock *lock, unsigned long state);

void ks_mutex_lock(ks_mutex *mutex);
void ks_mutex_unlock(ks_mutex *mutex);

/* Sleeps about a millisecond. */
void ks_os_pause(void);

/* Lets others have the processor, if any wait for it; may sleep. */
void ks_os_yield(void);

/* Tells threads apart. */
const void *ks_os_thread(void);

/* Nanoseconds since some moment; in a domain of its own about that. */
ks_u64 ks_os_now(void);

/* Nanoseconds for which to wait for another thread: not many where this may have interrupted that one. */
ks_u64 ks_os_patience(void);

/* While a thread polls for what another one is about to do. Any context. */
void ks_os_relax(void);

/*
 * Sleeps while *word is `value`, until ks_os_wake(word) or for `limit` nanoseconds. May return
 * early. The word may be shared memory; a change without a wake need not be noticed.
 */
void ks_os_sleep(const ks_u32 *word, ks_u32 value, ks_u64 limit);

/* Wakes who sleeps on the word, in any process that has it; any context but NMI. */
void ks_os_wake(const ks_u32 *word);

/*
 * The lowest address of the calling thread's stack, if the address lies in that; NULL if not, or if there is
 * no telling.
 */
const void *ks_os_stack_around(const void *address);

/* Whether the address lies in the calling thread's stack, below this frame of it. */
bool ks_os_stack_is_left(const void *address, const void *frame);

/*
 * How many bytes from there on are the calling thread's stack: of the local variable, where something tells
 * them apart, else up to the stack's end; 0 if it is no address of that.
 */
size_t ks_os_stack_bytes(const void *address);

/* Whether one more nested call may find too little stack. */
bool ks_os_stack_low(void);

__attribute__((format(printf, 1, 2))) void ks_os_log(const char *format, ...);

/* As vsnprintf() of where it runs. */
int ks_os_format(char *to, size_t size, const char *format, __builtin_va_list arguments);

#ifdef __cplusplus
}
#endif

#endif
