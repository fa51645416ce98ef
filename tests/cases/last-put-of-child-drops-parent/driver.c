// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_bank {
	u32 id, hits;
	struct kobject kobj;
	u32 *stats;
};

static u32 x_released;

static void x_release(struct kobject *kobj)
{
	struct x_bank *b = container_of(kobj, struct x_bank, kobj);
	x_released = x_released * 10 + b->id + kobject_uevent(kobj, 2) % 2;
	if (b->stats)
		b->stats[b->id % 4] += b->hits * 100 + kobj->children;
	kfree(b);
}

static struct x_bank *x_new(u32 id, struct kobject *parent, u32 *stats)
{
	struct x_bank *b = kzalloc(sizeof *b, 0);
	b->id = id;
	b->stats = stats;
	b->hits = kobject_init_and_add(&b->kobj, x_release, parent, id == 2 ? "root" : "leaf");
	return b;
}

static int x_init(void)
{
	u32 *stats = kzalloc(4 * sizeof *stats, 0);
	struct x_bank *root = x_new(2, NULL, stats);
	struct x_bank *a = x_new(5, &root->kobj, stats), *b = x_new(7, &root->kobj, stats);
	report(root->kobj.refcount * 10 + root->kobj.children);
	kobject_get(&b->kobj);
	kobject_put(&root->kobj);
	kobject_put(&b->kobj);
	report(x_released);
	a->hits += kobject_uevent(&a->kobj, 1);
	kobject_put(&a->kobj);
	report(x_released * 10 + root->kobj.refcount);
	root->hits += 3;
	kobject_put(&b->kobj);
	report(x_released);
	report(stats[1] + stats[2] * 10 + stats[3]);
	return 0;
}
module_init(x_init);
