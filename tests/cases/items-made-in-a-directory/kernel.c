// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct config_group *group;

void config_item_init(struct config_item *item, const char *name, const struct config_type *type)
{
	kernel_only();
	snprintf(item->name, sizeof(item->name), "%s", name);
	item->refs = 1;
	item->type = type;
}

void config_item_put(struct config_item *item)
{
	kernel_only();
	if (--item->refs == 0 && item->type->item_ops)
		item->type->item_ops->release(item);
}

int config_register(struct config_group *g)
{
	kernel_only();
	group = g;
	return 0;
}

static int make(const char *name)
{
	struct config_item *item = group->item.type->group_ops->make_item(group, name);

	if (!item)
		return -12;
	item->parent = &group->item;
	group->item.refs++;
	item->next = group->children;
	group->children = item;
	return item->name[0];
}

static struct config_item **find(const char *name)
{
	struct config_item **p = &group->children;

	while (*p && strcmp((*p)->name, name))
		p = &(*p)->next;
	return p;
}

static void drop(const char *name)
{
	struct config_item **p = find(name), *item = *p;

	*p = item->next;
	item->refs++;
	group->item.type->group_ops->drop_item(group, item);
	report(item->refs);
	config_item_put(item);
	group->item.refs--;
}

static void show(const char *name)
{
	struct config_item *item = *find(name);
	struct config_attr *a;
	char page[64];

	for (int i = 0; (a = item->type->attrs[i]); i++) {
		long n = a->show(item, page), sum = 0;

		for (long c = 0; c < n; c++)
			sum = sum * 3 + page[c];
		report(sum);
		if (a->store)
			report(a->store(item, "77 ", 2));
		else
			report(a->name[1]);
	}
}

int later(void)
{
	report(make("alpha"));
	report(make("beta"));
	report(make(".x"));
	report(make("gamma"));
	show("beta");
	show("beta");
	drop("alpha");
	show("gamma");
	report((*find("beta"))->type->attrs[0]->store(*find("beta"), "5000", 4));
	drop("beta");
	show("gamma");
	return group->item.refs;
}
