// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct region {
	struct kobject kobj;
	u32 size, id;
	struct zone *zone;
};

struct zone {
	struct kobject kobj;
	u32 limit, regions;
	int threshold;
};

struct region_attr {
	struct attribute attr;
	long (*show)(struct region *r, char *buf);
	long (*store)(struct region *r, const char *buf, size_t count);
};

static struct kset *set;
static u32 released, stores;

static long size_show(struct region *r, char *buf)
{
	int at = ksysfs_emit(buf, 0, r->size);

	return ksysfs_emit(buf, at, r->zone->limit);
}

static long size_store(struct region *r, const char *buf, size_t count)
{
	long value;
	int err = kparse_long(buf, &value);

	if (err)
		return err;
	if (value > r->zone->limit)
		return -34;
	r->size = value;
	stores++;
	return count;
}

static long id_show(struct region *r, char *buf)
{
	return ksysfs_emit(buf, 0, r->id);
}

static struct region_attr size_attr = {{"size", 0644}, size_show, size_store};
static struct region_attr id_attr = {{"id", 0444}, id_show, NULL};
static struct attribute *region_attrs[] = {&size_attr.attr, &id_attr.attr, NULL};

static long region_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct region_attr *a = container_of(attr, struct region_attr, attr);

	return a->show ? a->show(container_of(kobj, struct region, kobj), buf) : -5;
}

static long region_store(
	struct kobject *kobj, struct attribute *attr, const char *buf, size_t count)
{
	struct region_attr *a = container_of(attr, struct region_attr, attr);

	return a->store ? a->store(container_of(kobj, struct region, kobj), buf, count) : -5;
}

static void region_release(struct kobject *kobj)
{
	struct region *r = container_of(kobj, struct region, kobj);

	released = released * 10 + r->id;
	r->zone->regions--;
	kfree(r);
}

static void zone_release(struct kobject *kobj)
{
	struct zone *z = container_of(kobj, struct zone, kobj);

	released = released * 10 + 9;
	report(z->regions);
	kfree(z);
}

static int uevent_filter(struct kobject *kobj)
{
	if (kobj->parent && kobj->parent->name[0] == 'z')
		return container_of(kobj, struct region, kobj)->size > 5;
	return 1;
}

static const char *uevent_name(struct kobject *kobj)
{
	return kobj->parent == &set->kobj ? "zone" : "region";
}

static const struct sysfs_ops region_sysfs = {region_show, region_store};
static const struct kobj_type region_type = {region_release, &region_sysfs, region_attrs};
static const struct kobj_type zone_type = {zone_release};
static const struct kset_uevent_ops uevents = {uevent_filter, uevent_name};

static int add_region(struct zone *z, u32 id, u32 size, const char *name)
{
	struct region *r = kzalloc(sizeof(*r), 0);
	int err;

	r->id = id;
	r->size = size;
	r->zone = z;
	r->kobj.kset = set;
	z->regions++;
	err = kkobject_init_and_add(&r->kobj, &region_type, &z->kobj, name);
	if (err)
		kkobject_put(&r->kobj);
	else
		kkobject_uevent(&r->kobj, 1);
	return err;
}

static int x_init(void)
{
	struct zone *z = kzalloc(sizeof(*z), 0);

	set = kkset_create("xset", &uevents, NULL);
	z->limit = 50;
	z->kobj.kset = set;
	report(kkobject_init_and_add(&z->kobj, &zone_type, NULL, "z0"));
	report(z->kobj.parent == &set->kobj);
	kkobject_uevent(&z->kobj, 1);
	report(add_region(z, 1, 10, "r1"));
	report(add_region(z, 2, 3, "r2"));
	report(add_region(z, 3, 7, "r1"));
	report(z->kobj.refcount);
	report(released);
	kkobject_put(&z->kobj);
	report(z->regions);
	return 0;
}

module_init(x_init);
