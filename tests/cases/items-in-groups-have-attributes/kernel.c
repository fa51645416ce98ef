// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct ksubsystem *subsystem;

static void ring_init(struct list_head *l)
{
	l->next = l->prev = l;
}

static void ring_add(struct list_head *new, struct list_head *head)
{
	new->next = head;
	new->prev = head->prev;
	head->prev->next = new;
	head->prev = new;
}

void kitem_init_name(struct kitem *i, const char *name, const struct kitem_type *type)
{
	int n = 0;

	kernel_only();
	for (; name[n] && n < ITEM_NAME_LEN - 1; n++)
		i->namebuf[n] = name[n];
	i->name = i->namebuf;
	i->type = type;
	i->refs = 1;
	ring_init(&i->entry);
}

void kgroup_init_name(struct kgroup *g, const char *name, const struct kitem_type *type)
{
	kernel_only();
	kitem_init_name(&g->item, name, type);
	ring_init(&g->children);
	ring_init(&g->default_groups);
}

void kgroup_add_default(struct kgroup *g, struct kgroup *parent)
{
	kernel_only();
	ring_add(&g->group_entry, &parent->default_groups);
	g->item.parent = &parent->item;
}

struct kitem *kitem_get(struct kitem *i)
{
	kernel_only();
	i->refs++;
	return i;
}

void kitem_put(struct kitem *i)
{
	kernel_only();
	if (!--i->refs && i->type->item_ops)
		i->type->item_ops->release(i);
}

int kregister_subsystem(struct ksubsystem *s)
{
	kernel_only();
	s->group.item.name = s->group.item.namebuf;
	s->group.item.refs = 1;
	s->group.subsys = s;
	ring_init(&s->group.children);
	ring_init(&s->group.default_groups);
	subsystem = s;
	return s->group.item.type->group_ops->make_group ? 0 : -22;
}

static void read(struct kitem *i, int n)
{
	char page[128] = "";
	long len = i->type->attrs[n]->show(i, page), sum = 0;

	for (long k = 0; k < len; k++)
		sum = (sum * 31 + page[k]) % 1000003;
	report(sum * 100 + len);
}

static long write(struct kitem *i, int n, const char *s)
{
	size_t len = 0;

	while (s[len])
		len++;
	return i->type->attrs[n]->store(i, s, len);
}

static struct kgroup *mkdir_group(const char *name)
{
	struct kgroup *g = subsystem->group.item.type->group_ops->make_group(&subsystem->group, name);

	g->item.parent = &subsystem->group.item;
	ring_add(&g->item.entry, &subsystem->group.children);
	return g;
}

static struct kitem *mkdir(struct kgroup *g, const char *name)
{
	struct kitem *i = g->item.type->group_ops->make_item(g, name);

	report(KIS_ERR(i) ? KPTR_ERR(i) : i->refs);
	if (KIS_ERR(i))
		return NULL;
	i->parent = &g->item;
	i->group = g;
	ring_add(&i->entry, &g->children);
	return i;
}

static void unlink(struct kitem *i)
{
	i->entry.next->prev = i->entry.prev;
	i->entry.prev->next = i->entry.next;
}

int later(void)
{
	static const char *const stores[][3] = {{"0x40", "file\n", "first disk\n"},
		{"17", "nil", "a name that is much too long\n"}, {"99", "null", ""}};
	struct kgroup *t = mkdir_group("t0"), *u = mkdir_group("t1"), *stats;
	struct kitem *luns[3];
	u8 blob[12];

	luns[0] = mkdir(t, "lun3");
	luns[1] = mkdir(t, "lun5");
	luns[2] = mkdir(u, "lun4");
	mkdir(t, "lun3");
	mkdir(u, "disk");
	for (int l = 0; l < 3; l++) {
		const struct kitem_type *type = luns[l]->type;

		for (int a = 0; type->attrs[a]; a++) {
			report(write(luns[l], a, stores[l][a]));
			read(luns[l], a);
		}
		for (int i = 0; i < 12; i++)
			blob[i] = i * (l + 3);
		report(type->bin_attrs[0]->write(luns[l], blob, type->bin_attrs[0]->max - l));
		memset(blob, 0, 12);
		report(type->bin_attrs[0]->read(luns[l], NULL, 0));
		type->bin_attrs[0]->read(luns[l], blob, 12);
		report(blob[9] * 100 + blob[11] + *(u32 *)type->bin_attrs[0]->private);
	}
	report(t->item.type->item_ops->allow_link(&t->item, luns[2]));
	report(t->item.type->item_ops->allow_link(&t->item, luns[0]));
	report(u->item.type->item_ops->allow_link(&u->item, &t->item));
	stats = container_of(t->default_groups.next, struct kgroup, group_entry);
	read(&stats->item, 0);
	unlink(luns[2]);
	u->item.type->group_ops->drop_item(u, luns[2]);
	report(luns[2]->refs);
	t->item.type->item_ops->drop_link(&t->item, luns[2]);
	read(&subsystem->group.item, 0);
	for (int l = 0; l < 2; l++) {
		unlink(luns[l]);
		t->item.type->group_ops->drop_item(t, luns[l]);
	}
	read(&stats->item, 0);
	unlink(&t->item);
	kitem_put(&t->item);
	unlink(&u->item);
	kitem_put(&u->item);
	read(&subsystem->group.item, 0);
	return subsystem->group.children.next == &subsystem->group.children;
}
