// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct kobject;

struct attribute {
	const char *name;
	u16 mode;
};

struct sysfs_ops {
	long (*show)(struct kobject *kobj, struct attribute *attr, char *buf);
	long (*store)(struct kobject *kobj, struct attribute *attr, const char *buf, size_t count);
};

struct kobj_type {
	void (*release)(struct kobject *kobj);
	const struct sysfs_ops *sysfs_ops;
	struct attribute **default_attrs;
};

struct kset;

struct kobject {
	const char *name;
	struct list_head entry;
	struct kobject *parent;
	struct kset *kset;
	const struct kobj_type *ktype;
	int refcount;
	u32 state_in_sysfs : 1, state_add_uevent_sent : 1;
};

struct kset {
	struct list_head list;
	struct kobject kobj;
	const struct kset_uevent_ops *uevent_ops;
};

struct kset_uevent_ops {
	int (*filter)(struct kobject *kobj);
	const char *(*name)(struct kobject *kobj);
};

struct kset *kkset_create(
	const char *name, const struct kset_uevent_ops *ops, struct kobject *parent);
int kkobject_init_and_add(struct kobject *kobj, const struct kobj_type *type,
	struct kobject *parent, const char *name);
struct kobject *kkobject_get(struct kobject *kobj);
void kkobject_put(struct kobject *kobj);
void kkobject_uevent(struct kobject *kobj, int action);
int ksysfs_emit(char *buf, int at, long value);
int kparse_long(const char *buf, long *value);
