// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_entry {
	struct list_head list;
	char tag[4];
};

struct x_table {
	struct list_head head;
	u32 stops, shown;
};

static void *x_start(struct seq_file *m, long *pos)
{
	struct x_table *t = m->private;
	struct list_head *l = t->head.next;
	for (long i = *pos; i > 0; i--)
		l = l->next;
	return l == &t->head ? NULL : l;
}

static void *x_next(struct seq_file *m, void *v, long *pos)
{
	struct x_table *t = m->private;
	struct list_head *l = v;
	++*pos;
	return l->next == &t->head ? NULL : l->next;
}

static void x_stop(struct seq_file *m, void *v)
{
	((struct x_table *)m->private)->stops++;
}

static int x_show(struct seq_file *m, void *v)
{
	struct x_entry *e = container_of((struct list_head *)v, struct x_entry, list);
	struct x_table *t = m->private;
	t->shown++;
	e->tag[0] += t->shown + t->stops;
	seq_write(m, e->tag, 2 + t->shown % 2);
	return t->shown == 3;
}

static const struct seq_operations x_seq = {x_start, x_next, x_stop, x_show};

static int x_init(void)
{
	struct x_table *t = kzalloc(sizeof *t, 0);
	t->head.next = &t->head;
	for (u32 i = 0; i < 4; i++) {
		struct x_entry *e = kzalloc(sizeof *e, 0);
		*e = (struct x_entry){{t->head.next, NULL}, {'a' + i, 'g' - i, 'x', 0}};
		t->head.next = &e->list;
	}
	report(proc_create_seq("x", &x_seq, t));
	return 0;
}
module_init(x_init);
