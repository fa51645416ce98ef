// SPDX-License-Identifier: Dual MIT/GPL
/* The runtime's surroundings in the kernel. */
#include <linux/delay.h>
#include <linux/kmemleak.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/sched/task_stack.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/wait_bit.h>

#include "ks-rt/os/os.h"

/* What a crossing and a plain callee of it may need, with room for an interrupt. */
#define KS_STACK_RESERVE 4096

void *ks_os_alloc(size_t size)
{
	return kzalloc(size, GFP_ATOMIC | __GFP_NOWARN);
}

void ks_os_free(void *memory)
{
	kfree(memory);
}

void ks_os_leave(void *memory)
{
	kmemleak_ignore(memory);
}

void *ks_os_alloc_large(size_t size)
{
	return vzalloc(size);
}

void ks_os_free_large(void *memory)
{
	vfree(memory);
}

/* Processors that are possible have the numbers below that. */
ks_u32 ks_os_processors(void)
{
	return nr_cpu_ids;
}

void *ks_os_percpu_alloc(size_t size)
{
	return (void __force *)__alloc_percpu_gfp(size, 16, GFP_ATOMIC | __GFP_NOWARN);
}

void ks_os_percpu_free(void *start)
{
	free_percpu((void __percpu *)start);
}

void *ks_os_percpu_at(const void *start, ks_u32 processor)
{
	return per_cpu_ptr((void __percpu *)start, processor);
}

/* The kernel's allocator does not say. */
size_t ks_os_percpu_size(const void *start)
{
	return 0;
}

/*
 * The module that the address lies in, which the kernel tells no module: it looks at all of them, which
 * are in one list with its head, which is no module and in the kernel's image. Without preemption.
 */
static struct module *ks_module_at(unsigned long address)
{
	struct list_head *at = &THIS_MODULE->list;

	do {
		struct module *module = list_entry(at, struct module, list);
		bool is_head = (unsigned long)at < MODULES_VADDR ||
			       (unsigned long)at >= MODULES_END;

		if (!is_head && within_module(address, module))
			return module;
		at = READ_ONCE(at->next);
	} while (at != &THIS_MODULE->list);
	return NULL;
}

/* The module of the function, as far as it is to be kept; NULL if it is the kernel's own. */
static struct module *ks_module_of(void (*function)(void), const void *own)
{
	struct module *module = ks_module_at((unsigned long)function);

	return module != ks_module_at((unsigned long)own) ? module : NULL;
}

bool ks_os_hold_function(void (*function)(void), const void *own)
{
	struct module *module;
	bool held;

	preempt_disable();
	module = ks_module_of(function, own);
	held = !module || try_module_get(module);
	preempt_enable();
	return held;
}

void ks_os_leave_function(void (*function)(void), const void *own)
{
	struct module *module;

	preempt_disable();
	module = ks_module_of(function, own);
	preempt_enable();
	module_put(module);
}

static void ks_work_run(struct work_struct *work)
{
	struct ks_work *ours = container_of(work, struct ks_work, work);

	ours->run(ours);
}

void ks_os_defer_init(struct ks_work *work, void (*run)(struct ks_work *work))
{
	work->run = run;
	INIT_WORK(&work->work, ks_work_run);
}

void ks_os_defer(struct ks_work *work)
{
	schedule_work(&work->work);
}

void ks_os_defer_end(struct ks_work *work)
{
	cancel_work_sync(&work->work);
}

void ks_lock_init(ks_lock *lock)
{
	raw_spin_lock_init(lock);
}

unsigned long ks_lock_acquire(ks_lock *lock)
{
	unsigned long state;

	raw_spin_lock_irqsave(lock, state);
	return state;
}

void ks_lock_release(ks_lock *lock, unsigned long state)
{
	raw_spin_unlock_irqrestore(lock, state);
}

/* Of each processor, written by that alone. */
struct ks_looker {
	unsigned int depth, left;
} ____cacheline_aligned;
static struct ks_looker ks_lookers[NR_CPUS];

unsigned long ks_os_look(void)
{
	unsigned long state;

	local_irq_save(state);
	WRITE_ONCE(ks_lookers[smp_processor_id()].depth, ks_lookers[smp_processor_id()].depth + 1);
	return state;
}

void ks_os_looked(unsigned long state)
{
	struct ks_looker *looker = &ks_lookers[smp_processor_id()];
	const unsigned int depth = looker->depth - 1;

	if (!depth)
		WRITE_ONCE(looker->left, looker->left + 1);
	smp_store_release(&looker->depth, depth);
	local_irq_restore(state);
}

/*
 * Who comes later does not find what was unlinked under a lock before. Who looks itself frees what is the runtime's,
 * and waits for nobody, who may wait for it.
 */
void ks_os_lookers_wait(void)
{
	int cpu, self = raw_smp_processor_id();

	if (ks_lookers[self].depth)
		return;
	for_each_online_cpu (cpu) {
		const unsigned int left = READ_ONCE(ks_lookers[cpu].left);

		while (cpu != self && smp_load_acquire(&ks_lookers[cpu].depth) &&
		       READ_ONCE(ks_lookers[cpu].left) == left)
			cpu_relax();
	}
}

void ks_mutex_lock(ks_mutex *mutex)
{
	mutex_lock(mutex);
}

void ks_mutex_unlock(ks_mutex *mutex)
{
	mutex_unlock(mutex);
}

void ks_os_pause(void)
{
	msleep(1);
}

void ks_os_yield(void)
{
	cond_resched();
}

const void *ks_os_thread(void)
{
	return current;
}

ks_u64 ks_os_now(void)
{
	return ktime_get_ns();
}

ks_u64 ks_os_patience(void)
{
	return in_task() ? NSEC_PER_SEC : 20 * NSEC_PER_MSEC;
}

void ks_os_relax(void)
{
	cpu_relax();
}

/*
 * Kernel threads have no futexes: wait queues hashed by the word's address, which both ends share. As
 * wait_var_event_timeout(), but that a thread with nothing to do is no load.
 */
void ks_os_sleep(const ks_u32 *word, ks_u32 value, ks_u64 limit)
{
	might_sleep();
	if (ks_load(word) == value)
		___wait_var_event((void *)word, ___wait_cond_timeout(ks_load(word) != value),
				  TASK_IDLE, 0, nsecs_to_jiffies(limit) + 1,
				  __ret = schedule_timeout(__ret));
}

void ks_os_wake(const ks_u32 *word)
{
	/* Pairs with set_current_state() of the sleeper: the word's change is seen, or the sleeper is. */
	smp_mb();
	wake_up_var((void *)word);
}

const void *ks_os_stack_around(const void *address)
{
	const char *lowest = task_stack_page(current);

	return (size_t)((const char *)address - lowest) < THREAD_SIZE ? lowest : NULL;
}

bool ks_os_stack_is_left(const void *address, const void *frame)
{
	return address < frame && ks_os_stack_around(address) && ks_os_stack_around(frame);
}

size_t ks_os_stack_bytes(const void *address)
{
	const char *lowest = ks_os_stack_around(address);

	return lowest ? THREAD_SIZE - (size_t)((const char *)address - lowest) : 0;
}

bool ks_os_stack_low(void)
{
	unsigned long here = (unsigned long)__builtin_frame_address(0);
	unsigned long lowest = (unsigned long)task_stack_page(current);

	/* On an interrupt's own stack there is no telling; those are not nested deeply. */
	if (here < lowest || here >= lowest + THREAD_SIZE)
		return false;
	return here - lowest < KS_STACK_RESERVE;
}

void ks_os_log(const char *format, ...)
{
	struct va_format message = { .fmt = format };
	va_list arguments;

	va_start(arguments, format);
	message.va = &arguments;
	printk(KERN_ERR "ks_rt: %pV\n", &message);
	va_end(arguments);
}

int ks_os_format(char *to, size_t size, const char *format, va_list arguments)
{
	return vsnprintf(to, size, format, arguments);
}
