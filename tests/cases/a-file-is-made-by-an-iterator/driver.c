// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_session {
	int id;
	u32 refs, weight;
	const char *owner;
	u8 key[6];
	struct kdentry *file;
};

struct x_iter {
	int id;
	u32 shown, total;
	struct x_session *held;
};

static struct kidr sessions;
static struct kdentry *root;
static u32 limit = 5, opened;
static struct mutex lock;

static void put_session(struct x_session *s)
{
	if (--s->refs)
		return;
	report(s->id * 1000 + s->weight);
	kfree(s);
}

static void *x_start(struct kseq *m, long *pos)
{
	struct x_iter *it = m->private;

	mutex_lock(&lock);
	if (!*pos)
		return START_TOKEN;
	it->id++;
	it->held = kidr_next(&sessions, &it->id);
	if (it->held)
		it->held->refs++;
	return it->held;
}

static void *x_next(struct kseq *m, void *v, long *pos)
{
	struct x_iter *it = m->private;
	struct x_session *s;

	++*pos;
	if (v == START_TOKEN)
		it->id = 0;
	else
		it->id++;
	if (it->held)
		put_session(it->held);
	s = kidr_next(&sessions, &it->id);
	if (s)
		s->refs++;
	it->held = s;
	return s;
}

static void x_stop(struct kseq *m, void *v)
{
	struct x_iter *it = m->private;

	if (it->held)
		put_session(it->held);
	it->held = NULL;
	mutex_unlock(&lock);
}

static int x_show(struct kseq *m, void *v)
{
	struct x_iter *it = m->private;
	struct x_session *s = v;

	if (v == START_TOKEN) {
		kseq_puts(m, "id owner key\n");
		return 0;
	}
	if (!s->weight)
		return 1;
	it->shown++;
	it->total += s->weight;
	kseq_put_dec(m, "", s->id);
	kseq_puts(m, " ");
	kseq_puts(m, s->owner);
	kseq_hex(m, s->key, sizeof(s->key));
	kseq_put_dec(m, " w", s->weight);
	kseq_put_dec(m, "/", s->refs);
	kseq_puts(m, "\n");
	return 0;
}

static const struct kseq_ops seq_ops = {x_start, x_stop, x_next, x_show};

static int all_open(struct kinode *i, struct kfile *f)
{
	struct x_iter *it = kseq_open_private(f, &seq_ops, sizeof(*it));

	if (!it)
		return -12;
	it->total = 100;
	opened++;
	return 0;
}

static int all_release(struct kinode *i, struct kfile *f)
{
	struct kseq *m = f->private_data;
	struct x_iter *it = m->private;

	report(it->total * 10 + it->shown);
	return kseq_release_private(i, f);
}

static int one_show(struct kseq *m, void *v)
{
	struct x_session *s = m->private;

	kseq_puts(m, s->owner);
	kseq_put_dec(m, " weight=", s->weight);
	kseq_hex(m, s->key + 2, 3);
	return 0;
}

static int one_open(struct kinode *i, struct kfile *f)
{
	return ksingle_open(f, one_show, i->private);
}

static long one_write(struct kfile *f, const char *from, size_t len, long *pos)
{
	struct kseq *m = f->private_data;
	struct x_session *s = m->private;
	u32 value;
	int err;

	if (from[0] == 'k') {
		for (size_t i = 1; i < len && i <= sizeof(s->key); i++)
			s->key[i - 1] = from[i];
	} else {
		err = kstrtouint(from, 0, &value);
		if (err || value > 1000)
			return -22;
		s->weight = value;
	}
	*pos += len;
	return len;
}

static const struct kfile_ops all_ops = {all_open, kseq_read, NULL, all_release};
static const struct kfile_ops one_ops = {one_open, kseq_read, one_write, kseq_release_private};

static int add_session(const char *owner, u32 weight, int start, int end)
{
	struct x_session *s = kzalloc(sizeof(*s), 0);
	char name[4] = {'s', 0, 0, 0};

	s->owner = owner;
	s->weight = weight;
	s->refs = 1;
	s->id = kidr_alloc(&sessions, s, start, end);
	if (s->id < 0) {
		int err = s->id;

		kfree(s);
		return err;
	}
	for (int i = 0; i < 6; i++)
		s->key[i] = s->id * 17 + i * weight;
	name[1] = '0' + s->id;
	s->file = kdebug_file(name, 0644, root, s, &one_ops);
	if (KIS_ERR(s->file)) {
		report(KPTR_ERR(s->file));
		s->file = NULL;
	}
	return s->id;
}

static int gone(int id, void *p, void *data)
{
	struct x_session *s = p;

	*(u32 *)data += s->refs;
	if (s->file)
		kdebug_remove(s->file);
	put_session(s);
	return 0;
}

static void x_exit(void)
{
	struct x_session *s = kidr_remove(&sessions, 4);
	u32 refs = limit;

	gone(4, s, &refs);
	report(kidr_find(&sessions, 4) == NULL);
	report(kidr_each(&sessions, gone, &refs));
	report(refs * 10 + opened);
	kidr_destroy(&sessions);
	kdebug_remove(root);
}

static int x_init(void)
{
	root = kdebug_dir("x", NULL);
	if (KIS_ERR(kdebug_file("sessions", 0444, root, &sessions, &all_ops)))
		return -12;
	kdebug_u32("limit", 0600, root, &limit);
	report(add_session("alice", 7, 1, 0));
	report(add_session("bob", 12, 4, 6));
	report(add_session("carol", 0, 4, 6));
	report(add_session("dave", 3, 4, 6));
	report(add_session("eve", 99, 1, 0));
	kexit(x_exit);
	return 0;
}

module_init(x_init);
