// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct thing {
	u32 factor;
	struct whole whole;
};

static int weigh(struct whole *w, int add)
{
	struct thing *t = container_of(w, struct thing, whole);

	return w->weight * t->factor + add;
}

static struct thing A = {2, {10, {1}, weigh}}, B = {3, {20, {2}, weigh}};
static struct box box = {2, {&A.whole.part, &B.whole.part}};

static int scenario(void)
{
	return box_add(&box) * 100 + A.whole.weight + B.whole.weight;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
