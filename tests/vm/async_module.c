// SPDX-License-Identifier: Dual MIT/GPL
/* Asynchronous threads in a kernel thread: the blocks of the unit test, sleep, and a planted overflow. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>

#include "ks-rt/async/async.h"
#include "ks-rt/async/blocks_test.h"

static DECLARE_COMPLETION(done);
static int bad;

static bool overflow;
module_param(overflow, bool, 0444);

static noinline unsigned int deeper(unsigned int depth)
{
	volatile char frame[200];

	frame[depth % 200] = 1;
	if (depth > 1000000000)
		return depth;
	return deeper(depth + 1) + frame[5];
}

static int sleeping(void)
{
	struct ks_finish all;
	int ended = 0, i;

	ks_finish (&all) {
		for (i = 0; i < 10; i++)
			ks_async_with (i) {
				ks_yield();
				msleep(1 + i);
				ks_yield();
				ended++;
			}
	}
	return ended == 10 ? 0 : __LINE__;
}

#define TRY(call)                                                             \
	do {                                                                  \
		int line = call;                                              \
                                                                              \
		pr_info("async: %s %s %d\n", line ? "fails" : "good", #call, line); \
		bad += line != 0;                                             \
	} while (0)

static int body(void *unused)
{
	struct ks_async_counts counts;
	struct ks_finish all;

	if (ks_async_begin(NULL)) {
		bad = 1;
		goto out;
	}
	TRY(ks_blocks_order());
	TRY(ks_blocks_variables());
	TRY(ks_blocks_nest());
	TRY(ks_blocks_leave_early());
	TRY(ks_blocks_errors());
	TRY(ks_blocks_cancel());
	TRY(ks_blocks_arrays());
	TRY(ks_blocks_many(1000));
	TRY(sleeping());
	ks_finish (&all) {
		ks_async {
			ks_yield();
			if (overflow)
				deeper(1);
		}
		ks_async_dump();
	}
	ks_async_count(&counts);
	pr_info("async: %u stacks, %u pending\n", counts.stacks, counts.pending);
	if (ks_async_end())
		bad++;
out:
	kthread_complete_and_exit(&done, 0);
}

static int __init async_test_init(void)
{
	struct task_struct *task = kthread_run(body, NULL, "ks_async_test");

	if (IS_ERR(task))
		return PTR_ERR(task);
	wait_for_completion(&done);
	pr_info("async: %d bad\n", bad);
	return bad ? -EIO : 0;
}

static void __exit async_test_exit(void)
{
}

module_init(async_test_init);
module_exit(async_test_exit);
MODULE_DESCRIPTION("Asynchronous threads in the kernel, tested");
MODULE_LICENSE("Dual MIT/GPL");
