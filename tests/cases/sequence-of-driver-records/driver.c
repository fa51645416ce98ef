// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct item {
	const char *name;
	u32 v;
};
static struct item items[3] = {{"one", 1}, {"two", 2}, {"three", 3}};

static void *x_start(struct seq *m, u64 *pos)
{
	return *pos < 3 ? &items[*pos] : NULL;
}

static void *x_next(struct seq *m, void *v, u64 *pos)
{
	++*pos;
	return x_start(m, pos);
}

static void x_stop(struct seq *m, void *v)
{
	u32 *n = m->private;
	++*n;
}

static int x_show(struct seq *m, void *v)
{
	struct item *i = v;
	u32 *n = m->private;
	*n += i->v;
	seq_put(m, i->name);
	return i->v;
}
static const struct seq_ops ops = {
	.show = x_show, .start = x_start, .next = x_next, .stop = x_stop};
static u32 total;

static int scenario(void)
{
	int r = seq_reg("items", &ops, &total);
	return r * 1000 + total;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);
