// SPDX-License-Identifier: MIT
#include <linux/api.h>

extern u32 live;
static u32 events;

u32 kobject_uevent(struct kobject *kobj, u32 action)
{
	kernel_only();
	events = events * 3 + action + (kobj->name[0] == 'r') + live;
	return events;
}
