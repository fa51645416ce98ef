// SPDX-License-Identifier: MIT
// What the pairs take for a kernel's basics.
#pragma once

#define NULL ((void *)0)
#define noinline __attribute__((noinline))
#define module_init(function) int init_module(void) __attribute__((alias(#function)))
#define module_exit(function) void cleanup_module(void) __attribute__((alias(#function)))
#define offsetof(type, member) __builtin_offsetof(type, member)
#define container_of(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))
#define EINVAL 22
#define ENOMEM 12

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long s64;
typedef unsigned long size_t;

struct list_head {
	struct list_head *next, *prev;
};

typedef struct {
	int word;
} spinlock_t;

struct mutex {
	int count;
	void *owner;
};

typedef struct {
	int counter;
} atomic_t;

struct completion {
	u32 done;
};

void *kmalloc(size_t size, u32 flags);
void *kzalloc(size_t size, u32 flags);
void kfree(const void *memory);
void *memcpy(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int strcmp(const char *a, const char *b);
size_t strlen(const char *string);
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void mutex_lock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
void complete(struct completion *completion);
void wait_for_completion(struct completion *completion);
void rcu_read_lock(void);
void rcu_read_unlock(void);
void synchronize_rcu(void);

#define rcu_assign_pointer(pointer, value) __atomic_store_n(&(pointer), value, __ATOMIC_RELEASE)
#define rcu_dereference(pointer) (*(volatile __typeof__(pointer) *)&(pointer))

static inline void list_add_tail(struct list_head *entry, struct list_head *head)
{
	entry->next = head;
	entry->prev = head->prev;
	head->prev->next = entry;
	head->prev = entry;
}

static inline void list_del(struct list_head *entry)
{
	entry->next->prev = entry->prev;
	entry->prev->next = entry->next;
}

static inline void atomic_inc(atomic_t *v)
{
	__asm__ volatile("lock incl %0" : "+m"(v->counter)::"memory");
}

static inline int atomic_add_return(int add, atomic_t *v)
{
	return __atomic_add_fetch(&v->counter, add, 5);
}

static inline void *error_pointer(long error)
{
	return (void *)error;
}

static inline long pointer_error(const void *pointer)
{
	return (long)pointer;
}

static inline int is_error(const void *pointer)
{
	return (unsigned long)pointer >= (unsigned long)-4095;
}

// Lets all other threads of a pair's kernel run.
void schedule(void);

// What either side sees: the runs with and without a domain must report the same. A place stands
// for one report() in the sources.
void report(int place, long value);

// Functions of a kernel that count their calls in a variable of the kernel are none that could as
// well be compiled into the domain.
extern int kernel_calls;
#define kernel_only() (kernel_calls++)
