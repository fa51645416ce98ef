// SPDX-License-Identifier: Dual MIT/GPL
/*
 * The transport `xcore` in the kernel: a domain has a processor, on which a kernel thread runs all of
 * its driver's code as asynchronous threads. It shares the kernel's address space and protects nothing.
 *
 * Driver code never runs on another processor. Who calls from that one, where the thread cannot run while
 * it is waited for, runs the driver's code itself, as with the transport `direct`: which
 * to the driver is an interrupt or another task of the only processor it knows.
 */
#include <linux/cpumask.h>
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/smp.h>

#include "ks-rt/transport/direct.h"
#include "ks-rt/transport/xcore.h"

static int xcore_cpu = -1;
module_param(xcore_cpu, int, 0444);
MODULE_PARM_DESC(xcore_cpu, "processor of domains; -1: the last one that is on line");

static atomic_long_t ks_calls_crossed, ks_calls_local;

struct ks_xcore_domain {
	struct ks_xcore kernel, driver;
	void *memory;
	struct task_struct *task;
	struct completion begun;
	int error;
};

/* Long enough for the driver's next call to find the thread awake. */
static const struct ks_wait ks_idle = { .spins = 1000, .yields = 1000, .sleeps = true };
static const struct ks_wait ks_spin = { .spins = ~0u };
static const struct ks_wait ks_sleep = { .spins = 1000, .sleeps = true };

/* ---- contexts ---- */

/* What the caller's context forbids, and the callee's must: 1 softirqs, 2 interrupts. */
static u16 ks_level(void)
{
	if (in_hardirq() || irqs_disabled())
		return 2;
	return in_softirq() ? 1 : 0;
}

/* Only where the kernel counts can it tell. */
static const struct ks_wait *ks_wait_here(void)
{
	bool sleeps = IS_ENABLED(CONFIG_PREEMPT_COUNT) && preemptible() && !rcu_preempt_depth();

	return sleeps ? &ks_sleep : &ks_spin;
}

/* An answer at either end, with what its caller's context forbids. */
static void ks_xcore_serve_here(void *context, struct ks_port *port, struct ks_payload *payload)
{
	u16 level = payload->tag;
	unsigned long flags = 0;

	if (level == 2)
		local_irq_save(flags);
	else if (level)
		local_bh_disable();
	ks_xcore_serve(context, port, payload);
	if (level == 2)
		local_irq_restore(flags);
	else if (level)
		local_bh_enable();
	/* A lock may have been taken for the driver, or released. */
	if (!port->hub)
		port->wait = ks_wait_here();
	else if (!level && !ks_level())
		cond_resched();
}

/* ---- calls ---- */

static bool ks_is_dispatcher(const struct ks_xcore_domain *x)
{
	return in_task() && current == x->task;
}

/* The driver's code that runs for a caller of this processor calls back as it was called. */
static int ks_xcore_cross_to_kernel(struct ks_xcore_domain *x, u32 crossing,
				    struct ks_message *message)
{
	if (ks_is_dispatcher(x) && ks_hub_served(&x->driver.hub))
		return ks_xcore_cross(&x->driver, crossing, message, ks_level(), &ks_spin);
	return ks_direct_cross(x->driver.end, crossing, message);
}

/* A task stays on its processor meanwhile: it might come to the domain's, and spin there. */
static int ks_xcore_cross_to_driver(struct ks_xcore_domain *x, u32 crossing,
				    struct ks_message *message)
{
	bool stays = in_task() && !ks_level();
	int error;

	if (stays)
		migrate_disable();
	if (raw_smp_processor_id() == task_cpu(x->task)) {
		if (stays)
			migrate_enable();
		atomic_long_inc(&ks_calls_local);
		return ks_direct_cross(x->kernel.end, crossing, message);
	}
	atomic_long_inc(&ks_calls_crossed);
	error = ks_xcore_cross(&x->kernel, crossing, message, ks_level(), ks_wait_here());
	if (stays)
		migrate_enable();
	return error;
}

/* In one address space, drops need not travel: told at once, none is late. */
static int ks_xcore_linux_cross(struct ks_end *end, u32 crossing, struct ks_message *message)
{
	struct ks_xcore_domain *x = end->domain->link;
	int error;

	/* Before it is asked what this context allows. */
	ks_turn_take(message);
	ks_direct_tell(end);
	error = end->is_driver ? ks_xcore_cross_to_kernel(x, crossing, message) :
				 ks_xcore_cross_to_driver(x, crossing, message);
	ks_direct_listen(end);
	return error;
}

/* ---- the thread ---- */

static void ks_warm(void *unused)
{
	ks_yield();
}

/*
 * Stacks are made beforehand: making one may need all processors, of which one may wait for it
 * with interrupts off.
 */
static int ks_xcore_begin(struct ks_xcore_domain *x)
{
	struct ks_finish all;
	int error = ks_async_begin(NULL);
	int i;

	if (error)
		return error;
	ks_finish (&all)
		for (i = 0; i < KS_XCORE_PORTS && !error; i++)
			error = ks_async_call(ks_warm, NULL);
	if (error)
		ks_async_end();
	return error;
}

static int ks_xcore_main(void *argument)
{
	struct ks_xcore_domain *x = argument;

	x->error = ks_xcore_begin(x);
	complete(&x->begun);
	if (!x->error) {
		ks_hub_run(&x->driver.hub);
		ks_async_end();
	}
	set_current_state(TASK_INTERRUPTIBLE);
	while (!kthread_should_stop()) {
		schedule();
		set_current_state(TASK_INTERRUPTIBLE);
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static int ks_xcore_start(struct ks_xcore_domain *x)
{
	int cpu = xcore_cpu < 0 ? cpumask_last(cpu_online_mask) : xcore_cpu;
	const char *name = x->driver.end->interface->name;
	struct task_struct *task;

	if (cpu >= nr_cpu_ids || !cpu_online(cpu)) {
		pr_err("ks_rt: %s: xcore_cpu: processor %d is not on line\n", name, cpu);
		return -EINVAL;
	}
	task = kthread_create(ks_xcore_main, x, "ks/%s", name);
	if (IS_ERR(task))
		return PTR_ERR(task);
	kthread_bind(task, cpu);
	x->task = get_task_struct(task);
	wake_up_process(task);
	wait_for_completion(&x->begun);
	return x->error;
}

/* ---- life ---- */

static void ks_xcore_free(struct ks_xcore_domain *x)
{
	if (x->task) {
		ks_xcore_stop(&x->driver, -ESHUTDOWN);
		kthread_stop(x->task);
		put_task_struct(x->task);
	}
	ks_os_free_large(x->memory);
	ks_os_free_large(x);
}

static int ks_xcore_init_end(struct ks_xcore_domain *x, struct ks_xcore *xcore, struct ks_end *end)
{
	int error = ks_xcore_init(xcore, x->memory, end->is_driver, &ks_idle);

	xcore->end = end;
	xcore->server.serve = ks_xcore_serve_here;
	return error;
}

static int ks_xcore_linux_open(struct ks_end *kernel)
{
	struct ks_xcore_domain *x = ks_os_alloc_large(sizeof(*x));
	int error;

	if (!x)
		return -ENOMEM;
	init_completion(&x->begun);
	x->memory = ks_os_alloc_large(ks_xcore_size());
	error = x->memory ? ks_xcore_init_end(x, &x->kernel, kernel) : -ENOMEM;
	if (!error)
		error = ks_xcore_init_end(x, &x->driver, kernel->domain->driver);
	if (!error)
		error = ks_xcore_start(x);
	if (error)
		ks_xcore_free(x);
	else
		kernel->domain->link = x;
	return error;
}

/* When either end leaves: the thread knows both. */
static void ks_xcore_linux_close(struct ks_end *end)
{
	struct ks_xcore_domain *x = end->domain->link;

	end->domain->link = NULL;
	if (x)
		ks_xcore_free(x);
}

/* Whoever waits at either end gets an error, but nobody is interrupted. */
static void ks_xcore_linux_stop(struct ks_end *end)
{
	struct ks_xcore_domain *x = end->domain->link;

	if (!x)
		return;
	ks_xcore_stop(&x->kernel, -EIO);
	ks_xcore_stop(&x->driver, -EIO);
}

/* What is to be read first may be at another port of the same dispatcher's. */
static void ks_xcore_linux_relax(struct ks_end *end)
{
	struct ks_xcore_domain *x = end->domain->link;

	if (x && ks_is_dispatcher(x) && ks_hub_served(&x->driver.hub) && !ks_level())
		ks_yield();
	else
		cpu_relax();
}

const struct ks_transport ks_local_transport = {
	.cross = ks_xcore_linux_cross,
	.relax = ks_xcore_linux_relax,
	.listen = ks_direct_listen,
	.stop = ks_xcore_linux_stop,
	.open = ks_xcore_linux_open,
	.close = ks_xcore_linux_close,
};

static int ks_get_count(char *buffer, const struct kernel_param *param)
{
	return sysfs_emit(buffer, "%ld\n", atomic_long_read(param->arg));
}

static const struct kernel_param_ops ks_ops_count = {
	.get = ks_get_count,
};
module_param_cb(xcore_crossed, &ks_ops_count, &ks_calls_crossed, 0444);
module_param_cb(xcore_local, &ks_ops_count, &ks_calls_local, 0444);
