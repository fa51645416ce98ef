// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_disk {
	struct config_item item;
	u32 size, stores;
};

static u32 live, drops;

static long x_size_show(struct config_item *item, char *page)
{
	struct x_disk *d = container_of(item, struct x_disk, item);

	return snprintf(page, 64, "%u MB of %s", d->size, item->name);
}

static long x_size_store(struct config_item *item, const char *page, size_t count)
{
	struct x_disk *d = container_of(item, struct x_disk, item);
	u32 size = 0;
	int status = kstrtouint(page, 10, &size);

	if (status)
		return status;
	if (size > 1000)
		return -34;
	d->size = size;
	d->stores++;
	return count;
}

static long x_stores_show(struct config_item *item, char *page)
{
	struct x_disk *d = container_of(item, struct x_disk, item);

	return snprintf(page, 64, "%u/%u", d->stores, live);
}

static struct config_attr size_attr = {"size", x_size_show, x_size_store};
static struct config_attr stores_attr = {"stores", x_stores_show, NULL};
static struct config_attr *attrs[] = {&size_attr, &stores_attr, NULL};

static void x_release(struct config_item *item)
{
	live--;
	kfree(container_of(item, struct x_disk, item));
}

static const struct config_item_ops item_ops = {x_release};
static const struct config_type disk_type = {&item_ops, NULL, attrs};

static struct config_item *x_make(struct config_group *group, const char *name)
{
	struct x_disk *d;

	if (name[0] == '.')
		return NULL;
	d = kzalloc(sizeof(*d), 0);
	d->size = 250 + live++;
	config_item_init(&d->item, name, &disk_type);
	return &d->item;
}

static void x_drop(struct config_group *group, struct config_item *item)
{
	drops += group->item.refs;
	report(drops * 10 + item->refs);
	config_item_put(item);
}

static const struct config_group_ops group_ops = {x_make, x_drop};
static const struct config_type group_type = {NULL, &group_ops, NULL};
static struct config_group group;

static int x_init(void)
{
	config_item_init(&group.item, "xdisks", &group_type);
	report(group.item.name[1] + group.item.refs);
	return config_register(&group);
}

module_init(x_init);
