// SPDX-License-Identifier: MIT
#include <linux/api.h>

u32 live;

struct kobject *kobject_get(struct kobject *kobj)
{
	kernel_only();
	if (kobj)
		kobj->refcount++;
	return kobj;
}

int kobject_init_and_add(struct kobject *kobj, void (*release)(struct kobject *kobj),
	struct kobject *parent, const char *name)
{
	kernel_only();
	kobj->refcount = 1;
	kobj->release = release;
	kobj->name = name;
	kobj->parent = kobject_get(parent);
	if (parent)
		parent->children++;
	return ++live;
}

void kobject_put(struct kobject *kobj)
{
	struct kobject *parent = kobj->parent;
	kernel_only();
	if (--kobj->refcount)
		return;
	live--;
	kobj->release(kobj);
	if (parent) {
		parent->children--;
		kobject_put(parent);
	}
}
