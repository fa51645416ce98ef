// SPDX-License-Identifier: Dual MIT/GPL
/* The runtime as a kernel module: what it exports, and its counts as read-only parameters. */
#include <linux/module.h>

#include "ks-rt/async/async.h"
#include "ks-rt/channel/channel.h"
#include "ks-rt/end/end.h"
#include "ks-rt/end/statistics.h"
#include "ks-rt/os/os.h"

EXPORT_SYMBOL_GPL(ks_message_reserve);
EXPORT_SYMBOL_GPL(ks_message_take);
EXPORT_SYMBOL_GPL(ks_message_take_mutable);
EXPORT_SYMBOL_GPL(ks_message_rewind);
EXPORT_SYMBOL_GPL(ks_message_reset);
EXPORT_SYMBOL_GPL(ks_message_bad);
EXPORT_SYMBOL_GPL(ks_message_fail);
EXPORT_SYMBOL_GPL(ks_put_format);
EXPORT_SYMBOL_GPL(ks_message_get);
EXPORT_SYMBOL_GPL(ks_message_put);
EXPORT_SYMBOL_GPL(ks_call);
EXPORT_SYMBOL_GPL(ks_collect);
EXPORT_SYMBOL_GPL(ks_apply);
EXPORT_SYMBOL_GPL(ks_applied);
EXPORT_SYMBOL_GPL(ks_look);
EXPORT_SYMBOL_GPL(ks_looked);
EXPORT_SYMBOL_GPL(ks_bytes_there);
EXPORT_SYMBOL_GPL(ks_known_extent);
EXPORT_SYMBOL_GPL(ks_object_bytes);
EXPORT_SYMBOL_GPL(ks_number_got);
EXPORT_SYMBOL_GPL(ks_number_has_crossed);
EXPORT_SYMBOL_GPL(ks_number_is_kernels);
EXPORT_SYMBOL_GPL(ks_number_sent);
EXPORT_SYMBOL_GPL(ks_text_bytes);
EXPORT_SYMBOL_GPL(ks_object_is_drivers);
EXPORT_SYMBOL_GPL(ks_object_attached);
EXPORT_SYMBOL_GPL(ks_object_place);
EXPORT_SYMBOL_GPL(ks_object_place_bytes);
EXPORT_SYMBOL_GPL(ks_object_place_inner);
EXPORT_SYMBOL_GPL(ks_object_place_fresh);
EXPORT_SYMBOL_GPL(ks_object_place_inside);
EXPORT_SYMBOL_GPL(ks_object_place_lent);
EXPORT_SYMBOL_GPL(ks_object_place_member);
EXPORT_SYMBOL_GPL(ks_object_place_memory);
EXPORT_SYMBOL_GPL(ks_object_place_moved);
EXPORT_SYMBOL_GPL(ks_object_place_row);
EXPORT_SYMBOL_GPL(ks_object_place_text);
EXPORT_SYMBOL_GPL(ks_object_find);
EXPORT_SYMBOL_GPL(ks_object_shadow);
EXPORT_SYMBOL_GPL(ks_object_shadow_bytes);
EXPORT_SYMBOL_GPL(ks_object_acceptable);
EXPORT_SYMBOL_GPL(ks_object_twin);
EXPORT_SYMBOL_GPL(ks_object_whole);
EXPORT_SYMBOL_GPL(ks_object_room);
EXPORT_SYMBOL_GPL(ks_object_array);
EXPORT_SYMBOL_GPL(ks_object_drop);
EXPORT_SYMBOL_GPL(ks_object_extend);
EXPORT_SYMBOL_GPL(ks_object_attach);
EXPORT_SYMBOL_GPL(ks_text_keep);
EXPORT_SYMBOL_GPL(ks_table_keep);
EXPORT_SYMBOL_GPL(ks_lent_is_text);
EXPORT_SYMBOL_GPL(ks_lent_is_there);
EXPORT_SYMBOL_GPL(ks_lent_may_write);
EXPORT_SYMBOL_GPL(ks_lent_sends);
EXPORT_SYMBOL_GPL(ks_objects_made);
EXPORT_SYMBOL_GPL(ks_percpu_count);
EXPORT_SYMBOL_GPL(ks_percpu_places);
EXPORT_SYMBOL_GPL(ks_percpu_shadow);
EXPORT_SYMBOL_GPL(ks_stack_left);
EXPORT_SYMBOL_GPL(ks_step_begin);
EXPORT_SYMBOL_GPL(ks_step_end);
EXPORT_SYMBOL_GPL(ks_scope_left);
EXPORT_SYMBOL_GPL(ks_walk_next);
EXPORT_SYMBOL_GPL(ks_ref_drop);
EXPORT_SYMBOL_GPL(ks_ref_after_risk);
EXPORT_SYMBOL_GPL(ks_ref_at_risk);
EXPORT_SYMBOL_GPL(ks_ref_ending);
EXPORT_SYMBOL_GPL(ks_ref_known);
EXPORT_SYMBOL_GPL(ks_ref_ended);
EXPORT_SYMBOL_GPL(ks_scratch);
EXPORT_SYMBOL_GPL(ks_hold);
EXPORT_SYMBOL_GPL(ks_let_go);
EXPORT_SYMBOL_GPL(ks_reference_drop);
EXPORT_SYMBOL_GPL(ks_object_entrust);
EXPORT_SYMBOL_GPL(ks_offer);
EXPORT_SYMBOL_GPL(ks_offered);
EXPORT_SYMBOL_GPL(ks_function_number);
EXPORT_SYMBOL_GPL(ks_function_at);
EXPORT_SYMBOL_GPL(ks_domain_open);
EXPORT_SYMBOL_GPL(ks_domain_close);
EXPORT_SYMBOL_GPL(ks_domain_stop);
EXPORT_SYMBOL_GPL(ks_domain_stopped);
EXPORT_SYMBOL_GPL(ks_channel_size);
EXPORT_SYMBOL_GPL(ks_channel_init);
EXPORT_SYMBOL_GPL(ks_channel_stop);
EXPORT_SYMBOL_GPL(ks_channel_wake);
EXPORT_SYMBOL_GPL(ks_channel_received);
EXPORT_SYMBOL_GPL(ks_channel_post_long);
EXPORT_SYMBOL_GPL(ks_channel_collect_long);
EXPORT_SYMBOL_GPL(ks_channel_take_long);
EXPORT_SYMBOL_GPL(ks_channel_reply_long);
EXPORT_SYMBOL_GPL(ks_channel_push_long);
EXPORT_SYMBOL_GPL(ks_channel_pop_long);
EXPORT_SYMBOL_GPL(ks_channel_wait_on);

EXPORT_SYMBOL_GPL(ks_async_begin_checked);
EXPORT_SYMBOL_GPL(ks_async_end);
EXPORT_SYMBOL_GPL(ks_async_self);
EXPORT_SYMBOL_GPL(ks_async_shield);
EXPORT_SYMBOL_GPL(ks_async_count);
EXPORT_SYMBOL_GPL(ks_async_dump);
EXPORT_SYMBOL_GPL(ks_async_trim);
EXPORT_SYMBOL_GPL(ks_thread_call);
EXPORT_SYMBOL_GPL(ks_finish_enter);
EXPORT_SYMBOL_GPL(ks_finish_leave);
EXPORT_SYMBOL_GPL(ks_finish_fail);
EXPORT_SYMBOL_GPL(ks_finish_cancel);
EXPORT_SYMBOL_GPL(ks_wait);
EXPORT_SYMBOL_GPL(ks_wait_for);
EXPORT_SYMBOL_GPL(ks_yield);
EXPORT_SYMBOL_GPL(ks_yield_to);
EXPORT_SYMBOL_GPL(ks_resume);
EXPORT_SYMBOL_GPL(ks_runtime_here);
EXPORT_SYMBOL_GPL(ks_switch_begins);
EXPORT_SYMBOL_GPL(ks_switch_ends);
EXPORT_SYMBOL_GPL(ks_hand_over_prepare);
EXPORT_SYMBOL_GPL(ks_hand_over_check);

/* What compilers call for a block; async/task.c has their types. */
void ks_task(void);
EXPORT_SYMBOL_GPL(ks_task);
void ks_task_self(void);
EXPORT_SYMBOL_GPL(ks_task_self);
void ks_task_prepare(void);
EXPORT_SYMBOL_GPL(ks_task_prepare);
void ks_task_start(void);
EXPORT_SYMBOL_GPL(ks_task_start);

#define COUNT(name)                                                              \
	static int ks_get_##name(char *buffer, const struct kernel_param *param) \
	{                                                                        \
		struct ks_statistics statistics;                                 \
                                                                                 \
		ks_all_statistics(&statistics);                                  \
		return sysfs_emit(buffer, "%llu\n", (u64)statistics.name);       \
	}                                                                        \
	static const struct kernel_param_ops ks_ops_##name = {                   \
		.get = ks_get_##name,                                            \
	};                                                                       \
	module_param_cb(name, &ks_ops_##name, NULL, 0444)

COUNT(live_objects);
COUNT(shadows);
COUNT(retired);
COUNT(drops);
COUNT(crossings_to_kernel);
COUNT(crossings_to_driver);
COUNT(stopped_domains);
COUNT(messages_in_use);
COUNT(turns_missed);

module_param_named(log_crossings, ks_log_crossings, bool, 0644);
MODULE_PARM_DESC(log_crossings, "log each crossing, with its size or error");

static int __init ks_rt_init(void)
{
	ks_os_blocks_init();
	return 0;
}

/* Without one it could not be unloaded. */
static void __exit ks_rt_exit(void)
{
}

module_init(ks_rt_init);
module_exit(ks_rt_exit);

MODULE_DESCRIPTION("Domains for isolated drivers");
MODULE_LICENSE("Dual MIT/GPL");
