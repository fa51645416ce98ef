// SPDX-License-Identifier: Dual MIT/GPL
/* The runtime's surroundings in a domain with memory of its own. */
#include <linux/kernel.h>
#include <linux/string.h>

#include "ks-rt/inside/format.h"
#include "ks-rt/inside/heap.h"
#include "ks-rt/inside/entry.h"
#include "ks-rt/os/os.h"

#define KS_STACK_RESERVE 4096

void *ks_os_alloc(size_t size)
{
	void *memory = ks_heap_alloc(size);

	if (memory)
		memset(memory, 0, size);
	return memory;
}

void ks_os_free(void *memory)
{
	ks_heap_free(memory);
}

void ks_os_leave(void *memory)
{
}

void *ks_os_alloc_large(size_t size)
{
	return ks_os_alloc(size);
}

void ks_os_free_large(void *memory)
{
	ks_heap_free(memory);
}

void *ks_os_block(const void *address, size_t *size)
{
	return ks_heap_block(address, size);
}

void *ks_os_kernel_block(const void *address, size_t *size)
{
	return NULL;
}

bool ks_os_is_static(const void *address)
{
	return false;
}

bool ks_os_is_memory(const void *address)
{
	return true;
}

const void *ks_os_page_of(const void *address)
{
	return NULL;
}

void ks_os_block_free(void *block)
{
	ks_block_freed(block, ks_heap_size(block));
	ks_heap_free(block);
}

ks_u32 ks_os_processors(void)
{
	return ks_inside_processors;
}

void *ks_os_percpu_alloc(size_t size)
{
	size_t at = ks_percpu_alloc(size, 16);
	ks_u32 i;

	for (i = 0; at && i < ks_inside_processors; i++)
		memset(ks_os_percpu_at((void *)at, i), 0, size);
	return (void *)at;
}

void ks_os_percpu_free(void *start)
{
	ks_percpu_free((size_t)start);
}

void *ks_os_percpu_at(const void *start, ks_u32 processor)
{
	return (void *)((size_t)start + ks_lib___per_cpu_offset[processor]);
}

size_t ks_os_percpu_size(const void *start)
{
	return ks_percpu_size((size_t)start);
}

void ks_os_watch_frees(bool watch)
{
}

bool ks_os_sees_frees(const void *address)
{
	return false;
}

/* Only a kernel's end has handles, and anything to do later. */
bool ks_os_hold_function(void (*function)(void), const void *own)
{
	return true;
}

void ks_os_leave_function(void (*function)(void), const void *own)
{
}

void ks_os_defer_init(struct ks_work *work, void (*run)(struct ks_work *work))
{
	work->run = run;
}

void ks_os_defer(struct ks_work *work)
{
	work->run(work);
}

void ks_os_defer_end(struct ks_work *work)
{
}

/* The kernel frees nothing here. */
unsigned long ks_os_look(void)
{
	return 0;
}

void ks_os_looked(unsigned long state)
{
}

void ks_os_lookers_wait(void)
{
}

/* The processor's clock, as if it ticked once in a nanosecond. */
ks_u64 ks_os_now(void)
{
	return __builtin_ia32_rdtsc();
}

ks_u64 ks_os_patience(void)
{
	return 20000000;
}

void ks_os_relax(void)
{
	asm volatile("pause");
}

void ks_lock_init(ks_lock *lock)
{
	lock->taken = 0;
}

/* The visor lets interrupts in only where the flag allows: none comes while a lock is held. */
unsigned long ks_lock_acquire(ks_lock *lock)
{
	unsigned long state;

	asm volatile("pushfq; pop %0; cli" : "=r"(state) : : "memory");
	while (__atomic_exchange_n(&lock->taken, 1, __ATOMIC_ACQUIRE))
		asm volatile("pause");
	return state;
}

void ks_lock_release(ks_lock *lock, unsigned long state)
{
	__atomic_store_n(&lock->taken, 0, __ATOMIC_RELEASE);
	asm volatile("push %0; popfq" : : "r"(state) : "memory", "cc");
}

void ks_mutex_lock(ks_mutex *mutex)
{
	while (__atomic_exchange_n(&mutex->taken, 1, __ATOMIC_ACQUIRE))
		asm volatile("pause");
}

void ks_mutex_unlock(ks_mutex *mutex)
{
	__atomic_store_n(&mutex->taken, 0, __ATOMIC_RELEASE);
}

void ks_os_pause(void)
{
	asm volatile("pause");
}

/* Locks are the kernel's end's to give back. */
const void *ks_os_thread(void)
{
	return NULL;
}

const void *ks_os_stack_around(const void *address)
{
	size_t slot = (size_t)__builtin_frame_address(0) & ~(KS_SLOT_SIZE - 1);

	return (size_t)address - slot < KS_SLOT_SIZE ? (const void *)(slot + KS_SLOT_STACK) : NULL;
}

bool ks_os_stack_is_left(const void *address, const void *frame)
{
	return address < frame && ks_os_stack_around(address) &&
	       ks_os_stack_around(address) == ks_os_stack_around(frame);
}

size_t ks_os_stack_bytes(const void *address)
{
	return ks_os_stack_around(address) ? KS_SLOT_SIZE - ((size_t)address & (KS_SLOT_SIZE - 1)) :
					     0;
}

bool ks_os_stack_low(void)
{
	unsigned long here = (unsigned long)__builtin_frame_address(0);

	return (here & (KS_SLOT_SIZE - 1)) < KS_SLOT_STACK + KS_STACK_RESERVE;
}

/* ---- the log: a line is a request to the kernel ---- */

static int ks_log(const char *format, va_list arguments)
{
	struct ks_parcel *parcel = ks_inside_parcel();
	int length = ks_format((char *)parcel->data, 256, format, arguments);

	parcel->size = length < 255 ? length : 255;
	ks_inside_request(KS_REQUEST_LOG);
	return length;
}

void ks_os_log(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	ks_log(format, arguments);
	va_end(arguments);
}

int ks_os_format(char *to, size_t size, const char *format, va_list arguments)
{
	return ks_format(to, size, format, arguments);
}

#define LOG(name)                                   \
	int ks_lib_##name(const char *format, ...)  \
	{                                           \
		va_list arguments;                  \
		int length;                         \
                                                    \
		va_start(arguments, format);        \
		length = ks_log(format, arguments); \
		va_end(arguments);                  \
		return length;                      \
	}

LOG(_printk)
LOG(printk_deferred)

int ks_lib_vprintk(const char *format, va_list arguments)
{
	return ks_log(format, arguments);
}

void ks_lib___warn_printk(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	ks_log(format, arguments);
	va_end(arguments);
}

void ks_lib_dump_stack(void)
{
}

/* The kernel limits what a domain may log. */
int ks_lib___printk_ratelimit(const char *function)
{
	return 1;
}

int ks_lib____ratelimit(void *state, const char *function)
{
	return 1;
}

/* ---- text ---- */

int ks_lib_vsnprintf(char *to, size_t size, const char *format, va_list arguments)
{
	return ks_format(to, size, format, arguments);
}

int ks_lib_vscnprintf(char *to, size_t size, const char *format, va_list arguments)
{
	int length = ks_format(to, size, format, arguments);

	if ((size_t)length < size)
		return length;
	return size ? (int)size - 1 : 0;
}

int ks_lib_vsprintf(char *to, const char *format, va_list arguments)
{
	return ks_format(to, INT_MAX, format, arguments);
}

#define TEXT(name)                                                        \
	int ks_lib_##name(char *to, size_t size, const char *format, ...) \
	{                                                                 \
		va_list arguments;                                        \
		int length;                                               \
                                                                          \
		va_start(arguments, format);                              \
		length = ks_lib_v##name(to, size, format, arguments);     \
		va_end(arguments);                                        \
		return length;                                            \
	}

TEXT(snprintf)
TEXT(scnprintf)

int ks_lib_sprintf(char *to, const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = ks_format(to, INT_MAX, format, arguments);
	va_end(arguments);
	return length;
}

/* ---- what must never return ends the domain ---- */

#define TRAP(name)                           \
	void __noreturn ks_lib_##name(void)  \
	{                                    \
		for (;;)                     \
			asm volatile("ud2"); \
	}

TRAP(__fortify_panic)
TRAP(fortify_panic)
TRAP(__stack_chk_fail)
TRAP(__ubsan_handle_out_of_bounds)
TRAP(__ubsan_handle_shift_out_of_bounds)

/* ---- what the compiler itself calls ---- */

void *ks_lib_memcpy(void *to, const void *from, size_t size)
{
	void *result = to;

	asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
	return result;
}

void *ks_lib_memmove(void *to, const void *from, size_t size)
{
	void *result = to;

	if (to <= from || (char *)from + size <= (char *)to)
		return ks_lib_memcpy(to, from, size);
	to = (char *)to + size - 1;
	from = (const char *)from + size - 1;
	asm volatile("std; rep movsb; cld" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
	return result;
}

void *ks_lib_memset(void *to, int value, size_t size)
{
	void *result = to;

	asm volatile("rep stosb" : "+D"(to), "+c"(size) : "a"(value) : "memory");
	return result;
}

int ks_lib_memcmp(const void *a, const void *b, size_t size)
{
	const unsigned char *left = a, *right = b;

	for (; size; size--, left++, right++)
		if (*left != *right)
			return *left - *right;
	return 0;
}

void *ks_lib___memcpy(void *to, const void *from, size_t size)
{
	return ks_lib_memcpy(to, from, size);
}

void *ks_lib___memmove(void *to, const void *from, size_t size)
{
	return ks_lib_memmove(to, from, size);
}

void *ks_lib___memset(void *to, int value, size_t size)
{
	return ks_lib_memset(to, value, size);
}
