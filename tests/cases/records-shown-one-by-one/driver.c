// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_record {
	struct x_record *next;
	u32 id;
	u8 kind;
	char label[8];
};

struct x_table {
	struct x_record *first;
	u32 shown, locked, walks;
};

static const char *const kinds[] = {"idle", "busy", "dead"};
static struct x_table table;

static void *x_start(struct seq_file *m, long *pos)
{
	struct x_table *t = m->private;
	struct x_record *r = t->first;

	t->locked++;
	if (!*pos)
		t->walks++;
	for (long i = *pos; r && i; i--)
		r = r->next;
	return r;
}

static void *x_next(struct seq_file *m, void *v, long *pos)
{
	struct x_record *r = v;

	++*pos;
	return r->next;
}

static void x_stop(struct seq_file *m, void *v)
{
	struct x_table *t = m->private;

	t->locked--;
	if (!v)
		report(t->shown * 10 + t->locked);
}

static int x_show(struct seq_file *m, void *v)
{
	struct x_table *t = m->private;
	struct x_record *r = v;

	if (r->kind > 2)
		return 1;
	seq_printf(m, "%u:%s=%s", r->id * t->walks, r->label, kinds[r->kind]);
	seq_putc(m, '\n');
	t->shown++;
	r->kind++;
	return 0;
}

static const struct seq_operations ops = {x_start, x_stop, x_next, x_show};

static int x_init(void)
{
	for (u32 i = 0; i < 5; i++) {
		struct x_record *r = kzalloc(sizeof(*r), 0);

		r->id = 11 * i;
		r->kind = i % 3;
		r->label[0] = 'p' + i;
		r->next = table.first;
		table.first = r;
	}
	return proc_create_seq("x-table", &ops, &table);
}

module_init(x_init);
