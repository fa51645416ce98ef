// SPDX-License-Identifier: Dual MIT/GPL
/* The runtime's surroundings in user space. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "ks-rt/os/os.h"

#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

void *ks_os_alloc(size_t size)
{
	return calloc(1, size);
}

void ks_os_free(void *memory)
{
	free(memory);
}

void ks_os_leave(void *memory)
{
	(void)memory;
#ifdef __SANITIZE_ADDRESS__
	__lsan_ignore_object(memory);
#endif
}

void *ks_os_alloc_large(size_t size)
{
	return calloc(1, size);
}

void ks_os_free_large(void *memory)
{
	free(memory);
}

/* AddressSanitizer's, if the program has it; it may not. */
extern const char *__asan_locate_address(void *address, char *name, size_t name_size, void **start,
					 size_t *size) __attribute__((weak));

/* The variable or block that the address lies in, if it is of one of these kinds. */
static void *ks_region_around(const void *address, const char *one, const char *other, size_t *size)
{
	const char *kind = NULL;
	void *start = NULL;
	char name[8];

	if (__asan_locate_address)
		kind = __asan_locate_address((void *)address, name, sizeof(name), &start, size);
	if (!kind || (strcmp(kind, one) && strcmp(kind, other)))
		return NULL;
	return (size_t)((const char *)address - (const char *)start) < *size ? start : NULL;
}

void *ks_os_kernel_block(const void *address, size_t *size)
{
	return ks_region_around(address, "heap", "global", size);
}

bool ks_os_is_static(const void *address)
{
	size_t size;

	return ks_region_around(address, "global", "global", &size) != NULL;
}

static const char *ks_page_start;
static size_t ks_page_size;
static const void *ks_page;

void ks_user_page(const void *page, const void *start, size_t size)
{
	ks_page = page;
	ks_page_start = start;
	ks_page_size = size;
}

const void *ks_os_page_of(const void *address)
{
	return (size_t)address - (size_t)ks_page_start < ks_page_size ? ks_page : NULL;
}

bool ks_os_is_memory(const void *address)
{
	(void)address;
	return true;
}

static const unsigned long ks_one_offset;
static const unsigned long *ks_offsets = &ks_one_offset;
static ks_u32 ks_processors = 1;

void ks_user_processors(ks_u32 count, const unsigned long *offsets)
{
	ks_processors = count;
	ks_offsets = offsets;
}

ks_u32 ks_os_processors(void)
{
	return ks_processors;
}

/* From the first processor's part to the end of the last one's. */
void *ks_os_percpu_alloc(size_t size)
{
	unsigned long last = 0;
	ks_u32 i;

	for (i = 0; i < ks_processors; i++)
		last = ks_offsets[i] > last ? ks_offsets[i] : last;
	return calloc(1, last + size);
}

void ks_os_percpu_free(void *start)
{
	free(start);
}

void *ks_os_percpu_at(const void *start, ks_u32 processor)
{
	return (void *)((size_t)start + ks_offsets[processor]);
}

size_t ks_os_percpu_size(const void *start)
{
	(void)start;
	return 0;
}

static bool ks_sees_frees = true;

void ks_os_watch_frees(bool watch)
{
	(void)watch;
}

void ks_user_sees_frees(bool sees)
{
	ks_sees_frees = sees;
}

bool ks_os_sees_frees(const void *address)
{
	(void)address;
	return ks_sees_frees;
}

static bool ks_holds_functions = true;
static ks_u32 ks_functions_held;

ks_u32 ks_user_holds_functions(bool holds)
{
	ks_holds_functions = holds;
	return ks_load(&ks_functions_held);
}

bool ks_os_hold_function(void (*function)(void), const void *own)
{
	(void)function;
	(void)own;
	if (ks_holds_functions)
		ks_count(&ks_functions_held);
	return ks_holds_functions;
}

void ks_os_leave_function(void (*function)(void), const void *own)
{
	(void)function;
	(void)own;
	__atomic_fetch_sub(&ks_functions_held, 1, __ATOMIC_RELAXED);
}

static bool ks_defers;
static struct ks_work *ks_waiting;

void ks_os_defer_init(struct ks_work *work, void (*run)(struct ks_work *work))
{
	work->run = run;
	work->next = NULL;
}

void ks_os_defer(struct ks_work *work)
{
	if (!ks_defers) {
		work->run(work);
		return;
	}
	ks_os_defer_end(work);
	work->next = ks_waiting;
	ks_waiting = work;
}

void ks_os_defer_end(struct ks_work *work)
{
	struct ks_work **link = &ks_waiting;

	while (*link && *link != work)
		link = &(*link)->next;
	if (*link)
		*link = work->next;
}

void ks_user_defers(bool defers)
{
	ks_defers = defers;
	while (!defers && ks_waiting) {
		struct ks_work *work = ks_waiting;

		ks_waiting = work->next;
		work->run(work);
	}
}

void ks_lock_init(ks_lock *lock)
{
	pthread_mutex_init(lock, NULL);
}

unsigned long ks_lock_acquire(ks_lock *lock)
{
	pthread_mutex_lock(lock);
	return 0;
}

void ks_lock_release(ks_lock *lock, unsigned long state)
{
	(void)state;
	pthread_mutex_unlock(lock);
}

static pthread_rwlock_t ks_lookers = PTHREAD_RWLOCK_INITIALIZER;
static _Thread_local unsigned int ks_looks;

unsigned long ks_os_look(void)
{
	if (!ks_looks++)
		pthread_rwlock_rdlock(&ks_lookers);
	return 0;
}

void ks_os_looked(unsigned long state)
{
	(void)state;
	if (!--ks_looks)
		pthread_rwlock_unlock(&ks_lookers);
}

/* Of who looks itself, nobody waits for the others. */
void ks_os_lookers_wait(void)
{
	if (ks_looks)
		return;
	pthread_rwlock_wrlock(&ks_lookers);
	pthread_rwlock_unlock(&ks_lookers);
}

void ks_mutex_lock(ks_mutex *mutex)
{
	pthread_mutex_lock(mutex);
}

void ks_mutex_unlock(ks_mutex *mutex)
{
	pthread_mutex_unlock(mutex);
}

void ks_os_pause(void)
{
	usleep(1000);
}

void ks_os_yield(void)
{
	sched_yield();
}

const void *ks_os_thread(void)
{
	static _Thread_local char here;

	return &here;
}

ks_u64 ks_os_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (ks_u64)now.tv_sec * 1000000000 + (ks_u64)now.tv_nsec;
}

ks_u64 ks_os_patience(void)
{
	return 1000000000;
}

void ks_os_relax(void)
{
	sched_yield();
}

void ks_os_sleep(const ks_u32 *word, ks_u32 value, ks_u64 limit)
{
	struct timespec time = {
		.tv_sec = (time_t)(limit / 1000000000),
		.tv_nsec = (long)(limit % 1000000000),
	};

	/* Not the private kind: the two ends may be two processes. */
	syscall(SYS_futex, word, FUTEX_WAIT, value, &time, NULL, 0);
}

void ks_os_wake(const ks_u32 *word)
{
	syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

/* An asynchronous thread's stack is none of the system's. */
/* The sanitizer's, which may put locals elsewhere. */
void *__asan_get_current_fake_stack(void) __attribute__((weak));
void *__asan_addr_is_in_fake_stack(void *stack, void *address, void **begin, void **end)
	__attribute__((weak));

static bool ks_is_in_fake_stack(const void *address)
{
	void *stack = __asan_get_current_fake_stack ? __asan_get_current_fake_stack() : NULL;

	return stack && __asan_addr_is_in_fake_stack(stack, (void *)address, NULL, NULL);
}

static _Thread_local size_t ks_stack_size;

const void *ks_os_stack_around(const void *address)
{
	static _Thread_local char *lowest;
	pthread_attr_t attributes;
	void *low;

	if (!ks_stack_size && !pthread_getattr_np(pthread_self(), &attributes)) {
		pthread_attr_getstack(&attributes, &low, &ks_stack_size);
		pthread_attr_destroy(&attributes);
		lowest = low;
	}
	return (size_t)((const char *)address - lowest) < ks_stack_size ||
			       ks_is_in_fake_stack(address) ?
		       lowest :
		       NULL;
}

int __asan_address_is_poisoned(const volatile void *address) __attribute__((weak));

bool ks_os_stack_is_left(const void *address, const void *frame)
{
	/* A frame of the sanitizer's that was left is in no stack any more. */
	if (__asan_address_is_poisoned && __asan_address_is_poisoned(address))
		return true;
	return !ks_is_in_fake_stack(address) && address < frame && ks_os_stack_around(address) &&
	       ks_os_stack_around(frame);
}

size_t ks_os_stack_bytes(const void *address)
{
	size_t size = 0;
	const char *start = ks_region_around(address, "stack", "stack", &size);
	const char *lowest = ks_os_stack_around(address);

	if (start)
		return size - (size_t)((const char *)address - start);
	if (!lowest || ks_is_in_fake_stack(address))
		return 0;
	return ks_stack_size - (size_t)((const char *)address - lowest);
}

bool ks_os_stack_low(void)
{
	return false;
}

void ks_os_log(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fputs("ks: ", stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
}

int ks_os_format(char *to, size_t size, const char *format, va_list arguments)
{
	return vsnprintf(to, size, format, arguments);
}
