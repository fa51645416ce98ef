// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct ent {
	u32 key;
	u32 val;
};
static struct ent T[5] = {{9, 1}, {3, 2}, {7, 3}, {1, 4}, {5, 5}};

static int cmp(const void *a, const void *b)
{
	const struct ent *x = a, *y = b;
	return x->key < y->key ? -1 : x->key > y->key;
}

static int x_init(void)
{
	ksort(T, 5, sizeof(T[0]), cmp);
	for (int i = 0; i < 5; i++)
		report(T[i].key * 10 + T[i].val);
	struct ent k = {7};
	struct ent *e = kbsearch(&k, T, 5, sizeof(T[0]), cmp);
	report(e ? e->val : -1);
	report(e - T);
	k.key = 4;
	report(kbsearch(&k, T, 5, sizeof(T[0]), cmp) == NULL);
	return 0;
}

module_init(x_init);
