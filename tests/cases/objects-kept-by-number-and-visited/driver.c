// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct node {
	u32 v;
	struct node *peer;
};

static int sum(int id, void *p, void *data)
{
	struct node *n = p;
	u32 *total = data;
	*total += n->v * id;
	n->v++;
	return 0;
}

static int drop(int id, void *p, void *data)
{
	struct node *n = id_remove(id);
	report(n == p);
	kfree(n);
	return 0;
}

static int x_init(void)
{
	int id[3];
	struct node *prev = NULL;
	for (int i = 0; i < 3; i++) {
		struct node *n = kzalloc(sizeof(*n), 0);
		n->v = 10 + i;
		n->peer = prev;
		prev = n;
		id[i] = id_alloc(n, 2);
	}
	u32 total = 0;
	report(id_for_each(sum, &total));
	report(total);
	struct node *n = id_find(id[2]);
	report(n->v + n->peer->v * 100);
	report(id_find(40) == NULL);
	report(id_for_each(drop, NULL));
	return 0;
}

module_init(x_init);
