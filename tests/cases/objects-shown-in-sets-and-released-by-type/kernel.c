// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kset *the_set;
static long events;

static int same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

struct kset *kkset_create(
	const char *name, const struct kset_uevent_ops *ops, struct kobject *parent)
{
	struct kset *s = kzalloc(sizeof(*s), 0);

	kernel_only();
	s->list.next = s->list.prev = &s->list;
	s->kobj.name = name;
	s->kobj.refcount = 1;
	s->kobj.parent = parent;
	s->uevent_ops = ops;
	the_set = s;
	return s;
}

struct kobject *kkobject_get(struct kobject *kobj)
{
	kernel_only();
	if (kobj)
		kobj->refcount++;
	return kobj;
}

void kkobject_put(struct kobject *kobj)
{
	struct kobject *parent;

	kernel_only();
	if (!kobj || --kobj->refcount)
		return;
	parent = kobj->parent;
	if (kobj->state_in_sysfs) {
		kobj->entry.prev->next = kobj->entry.next;
		kobj->entry.next->prev = kobj->entry.prev;
		kobj->state_in_sysfs = 0;
	}
	if (kobj->ktype && kobj->ktype->release)
		kobj->ktype->release(kobj);
	kkobject_put(parent);
}

int kkobject_init_and_add(struct kobject *kobj, const struct kobj_type *type,
	struct kobject *parent, const char *name)
{
	kernel_only();
	kobj->refcount = 1;
	kobj->ktype = type;
	kobj->name = name;
	if (!parent && kobj->kset)
		parent = &kobj->kset->kobj;
	kobj->parent = kkobject_get(parent);
	for (struct list_head *at = kobj->kset->list.next; at != &kobj->kset->list; at = at->next)
		if (same(container_of(at, struct kobject, entry)->name, name))
			return -17;
	kobj->entry.prev = kobj->kset->list.prev;
	kobj->entry.next = &kobj->kset->list;
	kobj->entry.prev->next = &kobj->entry;
	kobj->kset->list.prev = &kobj->entry;
	kobj->state_in_sysfs = 1;
	return 0;
}

void kkobject_uevent(struct kobject *kobj, int action)
{
	kernel_only();
	if (!kobj->kset->uevent_ops->filter(kobj))
		return;
	kobj->state_add_uevent_sent = 1;
	events = events * 3 + kobj->kset->uevent_ops->name(kobj)[0] + action;
}

int ksysfs_emit(char *buf, int at, long value)
{
	char digits[20];
	int n = 0;

	kernel_only();
	do
		digits[n++] = '0' + value % 10;
	while (value /= 10);
	while (n)
		buf[at++] = digits[--n];
	buf[at++] = '\n';
	buf[at] = 0;
	return at;
}

int kparse_long(const char *buf, long *value)
{
	kernel_only();
	*value = 0;
	if (*buf < '0' || *buf > '9')
		return -22;
	while (*buf >= '0' && *buf <= '9')
		*value = *value * 10 + *buf++ - '0';
	return 0;
}

static struct kobject *find(const char *name)
{
	for (struct list_head *at = the_set->list.next; at != &the_set->list; at = at->next)
		if (same(container_of(at, struct kobject, entry)->name, name))
			return container_of(at, struct kobject, entry);
	return NULL;
}

int later(void)
{
	char *page = kzalloc(4096, 0);
	struct kobject *r;

	for (int i = 0; i < 2; i++) {
		r = kkobject_get(find(i ? "r2" : "r1"));
		if (!r)
			return -2;
		report(r->state_add_uevent_sent);
		for (struct attribute **a = r->ktype->default_attrs; *a; a++) {
			long n = r->ktype->sysfs_ops->show(r, *a, page), sum = (*a)->name[0];

			for (long k = 0; k < n; k++)
				sum = sum * 3 + page[k];
			report(sum);
			report(r->ktype->sysfs_ops->store(r, *a, i ? "17" : "99", 2));
		}
		kkobject_put(r);
	}
	report(r->ktype->sysfs_ops->show(r, r->ktype->default_attrs[0], page));
	report(page[1]);
	kkobject_put(r);
	report(find("r2") == NULL);
	report(the_set->kobj.refcount);
	kkobject_put(find("r1"));
	report(the_set->kobj.refcount);
	report(the_set->list.next == &the_set->list);
	kfree(page);
	return events % 10007;
}
