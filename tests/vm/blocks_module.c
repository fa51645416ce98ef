// SPDX-License-Identifier: Dual MIT/GPL
/* What the runtime takes for the block around an address, of memory from each of the kernel's allocators. */
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/sched/task_stack.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "ks-rt/os/os.h"

static int bad;
static char variable[40];

#define CLAIM(what)                                                            \
	do {                                                                   \
		bool holds = (what);                                           \
                                                                               \
		pr_info("blocks: %s %s\n", holds ? "good" : "fails", #what);   \
		bad += !holds;                                                 \
	} while (0)

static bool is_block(const void *address, const void *start, size_t size)
{
	size_t found = 0;

	return ks_os_kernel_block(address, &found) == start && found == size;
}

static bool is_unknown(const void *address)
{
	size_t size;

	return !ks_os_kernel_block(address, &size);
}

static void slabs(void)
{
	char *small = kmalloc(100, GFP_KERNEL), *large = kmalloc(100000, GFP_KERNEL);

	CLAIM(is_block(small, small, ksize(small)));
	CLAIM(is_block(small + 99, small, ksize(small)));
	CLAIM(is_block(large + 99999, large, ksize(large)));
	kfree(small);
	kfree(large);
}

/* Also where what finds faults in the kernel puts something between them. */
static void caches(slab_flags_t flags)
{
	struct kmem_cache *cache = kmem_cache_create("blocks_test", 72, 0, flags, NULL);
	char *objects[20];
	bool all = cache;
	int i;

	for (i = 0; cache && i < 20; i++) {
		objects[i] = kmem_cache_alloc(cache, GFP_KERNEL);
		all &= is_block(objects[i], objects[i], 72);
		all &= is_block(objects[i] + 71, objects[i], 72);
	}
	CLAIM(all);
	for (i = 0; cache && i < 20; i++)
		kmem_cache_free(cache, objects[i]);
	kmem_cache_destroy(cache);
}

static void pages(void)
{
	char *apart = (char *)__get_free_pages(GFP_KERNEL, 2);
	char *one = (char *)__get_free_pages(GFP_KERNEL | __GFP_COMP, 2);

	CLAIM(is_block(apart + 10, apart, PAGE_SIZE));
	CLAIM(is_unknown(apart + PAGE_SIZE)); /* which counts as free */
	CLAIM(is_block(one + PAGE_SIZE + 10, one, 4 * PAGE_SIZE));
	free_pages((unsigned long)apart, 2);
	free_pages((unsigned long)one, 2);
}

static void mapped(void)
{
	char *small = vmalloc(3 * PAGE_SIZE + 5), *large = vmalloc(2 << 20);

	CLAIM(is_block(small, small, 4 * PAGE_SIZE));
	CLAIM(is_block(small + 2 * PAGE_SIZE + 7, small, 4 * PAGE_SIZE));
	CLAIM(is_unknown(large + PAGE_SIZE));
	vfree(small);
	vfree(large);
}

/* Small ones are where the kernel begins with; it gets more room for more of them. */
static void of_each_processor(void)
{
	void __percpu *all[200];
	bool is_mapped = false, unknown = true;
	int i, count;

	for (count = 0; count < 200 && !is_mapped; count++) {
		all[count] = __alloc_percpu(PCPU_MIN_UNIT_SIZE, 8);
		if (!all[count])
			break;
		is_mapped = is_vmalloc_addr(per_cpu_ptr(all[count], 0));
		unknown &= is_unknown(per_cpu_ptr(all[count], 0));
	}
	CLAIM(is_mapped);
	CLAIM(unknown);
	for (i = 0; i < count; i++)
		free_percpu(all[i]);
}

static int idle(void *unused)
{
	while (!kthread_should_stop())
		schedule_timeout_interruptible(HZ);
	return 0;
}

static void nobodys(void)
{
	struct task_struct *thread = kthread_run(idle, NULL, "blocks_test");
	char here = 0;

	CLAIM(is_unknown(&here));
	CLAIM(is_unknown(NULL));
	CLAIM(is_unknown((void *)4096));
	CLAIM(IS_ENABLED(CONFIG_KALLSYMS_ALL) || is_unknown(&variable[8]));
	if (IS_ERR(thread))
		return;
	CLAIM(is_unknown((char *)task_stack_page(thread) + 100));
	CLAIM(is_unknown((char *)task_stack_page(thread) + THREAD_SIZE - 100));
	kthread_stop(thread);
}

static int __init blocks_init(void)
{
	ks_os_blocks_init();
	slabs();
	caches(0);
	caches(SLAB_RED_ZONE | SLAB_POISON | SLAB_STORE_USER);
	caches(SLAB_HWCACHE_ALIGN);
	pages();
	mapped();
	of_each_processor();
	nobodys();
	return bad ? -EINVAL : 0;
}

static void __exit blocks_exit(void)
{
}

module_init(blocks_init);
module_exit(blocks_exit);
MODULE_DESCRIPTION("Tests which blocks of the kernel's memory the runtime knows");
MODULE_LICENSE("Dual MIT/GPL");
