// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct entry {
	u32 key, value;
	struct rcu_head rcu;
	struct entry *next;
};

static struct entry *table;
static u32 freed;

static void entry_free(struct rcu_head *head)
{
	struct entry *entry = container_of(head, struct entry, rcu);

	freed += entry->key * 100 + entry->value;
	kfree(entry);
}

static void insert(u32 key, u32 value)
{
	struct entry *entry = kzalloc(sizeof(*entry), 0);

	entry->key = key;
	entry->value = value;
	entry->next = table;
	table = entry;
}

static void drop(u32 key)
{
	for (struct entry **at = &table; *at; at = &(*at)->next)
		if ((*at)->key == key) {
			struct entry *entry = *at;

			*at = entry->next;
			kcall_rcu(&entry->rcu, entry_free);
			return;
		}
}

static int scenario(void)
{
	insert(1, 11);
	insert(2, 22);
	insert(3, 33);
	drop(2);
	drop(3);
	report(freed);
	kbarrier();
	report(freed);
	return table->value;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
