// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kobject {
	const char *name;
	int refcount;
	struct kobject *parent;
	void (*release)(struct kobject *kobj);
	u32 children;
};

int kobject_init_and_add(struct kobject *kobj, void (*release)(struct kobject *kobj),
	struct kobject *parent, const char *name);
struct kobject *kobject_get(struct kobject *kobj);
void kobject_put(struct kobject *kobj);
u32 kobject_uevent(struct kobject *kobj, u32 action);
