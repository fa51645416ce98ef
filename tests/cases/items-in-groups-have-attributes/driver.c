// SPDX-License-Identifier: MIT
#include <linux/api.h>

enum x_mode { M_RAM, M_FILE, M_NULL };

struct x_lun {
	struct kitem item;
	u32 size, id;
	enum x_mode mode;
	_Bool ro : 1, removable : 1;
	u8 *blob;
	size_t blob_len;
	char *inquiry;
};

struct x_target {
	struct kgroup group, stats;
	u32 luns, links, changes;
	struct kitem *linked;
};

static const char *const modes[] = {"ram", "file", "null"};
static u32 live;

static struct x_lun *to_lun(struct kitem *i)
{
	return container_of(i, struct x_lun, item);
}

static struct x_target *to_target(struct kitem *i)
{
	return container_of(container_of(i, struct kgroup, item), struct x_target, group);
}

static long size_show(struct kitem *i, char *page)
{
	return snprintf(page, 128, "%u\n", to_lun(i)->size);
}

static long size_store(struct kitem *i, const char *page, size_t count)
{
	struct x_lun *l = to_lun(i);
	u32 value;

	if (l->ro)
		return -30;
	if (kstrtouint(page, 0, &value))
		return -22;
	l->size = value;
	to_target(i->parent)->changes++;
	return count;
}

static long mode_show(struct kitem *i, char *page)
{
	return snprintf(page, 128, "%s%s%s\n", modes[to_lun(i)->mode], to_lun(i)->ro ? " ro" : "",
		to_lun(i)->removable ? " removable" : "");
}

static long mode_store(struct kitem *i, const char *page, size_t count)
{
	for (int m = 0; m < 3; m++) {
		size_t k = 0;

		while (k < count && modes[m][k] && page[k] == modes[m][k])
			k++;
		if (modes[m][k] || (k < count && page[k] != '\n'))
			continue;
		to_lun(i)->mode = m;
		return count;
	}
	return -22;
}

static long inquiry_show(struct kitem *i, char *page)
{
	struct x_lun *l = to_lun(i);

	return snprintf(page, 128, "%s:%s\n", i->name, l->inquiry ? l->inquiry : "(none)");
}

static long inquiry_store(struct kitem *i, const char *page, size_t count)
{
	struct x_lun *l = to_lun(i);
	char *copy;

	if (count > 20)
		return -34;
	copy = kzalloc(count + 1, 0);
	memcpy(copy, page, count);
	if (count && copy[count - 1] == '\n')
		copy[count - 1] = 0;
	kfree(l->inquiry);
	l->inquiry = copy;
	return count;
}

static long blob_read(struct kitem *i, void *to, size_t size)
{
	struct x_lun *l = to_lun(i);

	if (to && size >= l->blob_len)
		memcpy(to, l->blob, l->blob_len);
	return l->blob_len;
}

static long blob_write(struct kitem *i, const void *from, size_t size)
{
	struct x_lun *l = to_lun(i);

	kfree(l->blob);
	l->blob = kmalloc(size, 0);
	memcpy(l->blob, from, size);
	l->blob_len = size;
	for (size_t k = 0; k < size; k++)
		l->id += l->blob[k];
	return size;
}

static struct kitem_attr size_attr = {"size", 0644, size_show, size_store},
	mode_attr = {"mode", 0644, mode_show, mode_store},
	inquiry_attr = {"inquiry", 0600, inquiry_show, inquiry_store};
static struct kitem_attr *lun_attrs[] = {&size_attr, &mode_attr, &inquiry_attr, NULL};
static struct kbin_attr blob_attr = {{"blob", 0600}, &live, 12, blob_read, blob_write};
static struct kbin_attr *lun_bins[] = {&blob_attr, NULL};

static void lun_release(struct kitem *i)
{
	struct x_lun *l = to_lun(i);

	report(l->id * 1000 + l->size % 1000);
	kfree(l->blob);
	kfree(l->inquiry);
	kfree(l);
	live--;
}

static const struct kitem_ops lun_ops = {lun_release};
static const struct kitem_type lun_type = {&lun_ops, NULL, lun_attrs, lun_bins};

static struct kitem *make_lun(struct kgroup *g, const char *name)
{
	struct x_target *t = container_of(g, struct x_target, group);
	struct x_lun *l;
	u32 id = name[3] - '0';

	if (name[0] != 'l' || id > 9)
		return KERR_PTR(-22);
	if (t->luns >> id & 1)
		return KERR_PTR(-17);
	l = kzalloc(sizeof(*l), 0);
	l->id = id;
	l->ro = id == 5;
	l->removable = id & 1;
	t->luns |= 1 << id;
	kitem_init_name(&l->item, name, &lun_type);
	live++;
	return &l->item;
}

static void drop_lun(struct kgroup *g, struct kitem *i)
{
	struct x_target *t = container_of(g, struct x_target, group);

	t->luns &= ~(1 << (i->name[3] - '0'));
	kitem_put(i);
}

static int allow_link(struct kitem *src, struct kitem *target)
{
	struct x_target *t = to_target(src);

	if (target->type != &lun_type)
		return -1;
	if (t->linked)
		return -16;
	t->linked = kitem_get(target);
	t->links++;
	return to_lun(target)->id;
}

static void drop_link(struct kitem *src, struct kitem *target)
{
	struct x_target *t = to_target(src);

	kitem_put(t->linked);
	t->linked = NULL;
}

static long stats_show(struct kitem *i, char *page)
{
	struct x_target *t = to_target(i->parent);

	return snprintf(page, 64, "%x %u %u\n", t->luns, t->links, t->changes);
}

static void target_release(struct kitem *i)
{
	report(to_target(i)->links * 10 + to_target(i)->changes);
	kfree(to_target(i));
	live--;
}

static const struct kitem_ops target_ops = {target_release, allow_link, drop_link};
static const struct kgroup_ops target_group_ops = {.make_item = make_lun, .drop_item = drop_lun};
static const struct kitem_type target_type = {&target_ops, &target_group_ops};
static struct kitem_attr stats_attr = {"stats", 0444, stats_show};
static struct kitem_attr *stats_attrs[] = {&stats_attr, NULL};
static const struct kitem_type stats_type = {.attrs = stats_attrs};

static struct kgroup *make_target(struct kgroup *g, const char *name)
{
	struct x_target *t = kzalloc(sizeof(*t), 0);

	kgroup_init_name(&t->group, name, &target_type);
	kgroup_init_name(&t->stats, "stats", &stats_type);
	kgroup_add_default(&t->stats, &t->group);
	live++;
	return &t->group;
}

static long live_show(struct kitem *i, char *page)
{
	return snprintf(page, 16, "%u", live);
}

static const struct kgroup_ops root_ops = {.make_group = make_target};
static struct kitem_attr live_attr = {"live", 0444, live_show};
static struct kitem_attr *root_attrs[] = {&live_attr, NULL};
static const struct kitem_type root_type = {NULL, &root_ops, root_attrs};
static struct ksubsystem subsystem = {.group = {.item = {.namebuf = "xtarget", .type = &root_type}}};

static int x_init(void)
{
	return kregister_subsystem(&subsystem);
}

module_init(x_init);
