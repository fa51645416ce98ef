// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct obj *root;

void kroot(struct obj *o)
{
	kernel_only();
	root = o;
}

static void walk(struct obj *o, int depth)
{
	if (!depth)
		return;
	o->visit(o, depth);
	for (int i = 0; i < o->n; i++)
		walk(o->link[i], depth - 1);
}

void kwalk(int depth)
{
	kernel_only();
	walk(root, depth);
}

static struct obj *find(struct obj *o, int id)
{
	if (o->id == id)
		return o;
	for (int i = 0; i < o->n; i++) {
		struct obj *f = find(o->link[i], id);
		if (f)
			return f;
	}
	return NULL;
}

struct obj *kfind(int id)
{
	kernel_only();
	return find(root, id);
}

int later(void)
{
	root->link[1]->link[0]->n = 0;
	kwalk(4);
	return find(root, 15) != NULL;
}
