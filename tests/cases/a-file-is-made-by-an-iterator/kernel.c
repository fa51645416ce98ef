// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kdentry dentries[8];
static u32 ndentries;
static u32 *exported;
static void (*exit_function)(void);

struct kdentry *kdebug_file(const char *name, u16 mode, struct kdentry *parent, void *data,
	const struct kfile_ops *ops)
{
	struct kdentry *d = &dentries[ndentries];

	kernel_only();
	if (ndentries == 5)
		return KERR_PTR(-28);
	ndentries++;
	for (int i = 0; name[i] && i < 15; i++)
		d->name[i] = name[i];
	d->mode = mode;
	d->inode.ino = ndentries;
	d->inode.private = data;
	d->parent = parent;
	d->fops = ops;
	return d;
}

struct kdentry *kdebug_dir(const char *name, struct kdentry *parent)
{
	kernel_only();
	return kdebug_file(name, 040755, parent, NULL, NULL);
}

void kdebug_u32(const char *name, u16 mode, struct kdentry *parent, u32 *value)
{
	kernel_only();
	exported = value;
	report(name[0] * 1000 + mode + *value);
}

void kdebug_remove(struct kdentry *d)
{
	kernel_only();
	report(d->name[0] * 10 + d->name[1]);
	d->inode.private = NULL;
	d->fops = NULL;
}

int kseq_open(struct kfile *f, const struct kseq_ops *op)
{
	struct kseq *m = kzalloc(sizeof(*m), 0);

	kernel_only();
	m->op = op;
	f->private_data = m;
	return 0;
}

void *kseq_open_private(struct kfile *f, const struct kseq_ops *op, size_t size)
{
	struct kseq *m;

	kernel_only();
	kseq_open(f, op);
	m = f->private_data;
	m->private = kzalloc(size, 0);
	return m->private;
}

static void *single_start(struct kseq *m, long *pos)
{
	return *pos ? NULL : START_TOKEN;
}

static void *single_next(struct kseq *m, void *v, long *pos)
{
	++*pos;
	return NULL;
}

static void single_stop(struct kseq *m, void *v)
{
}

int ksingle_open(struct kfile *f, int (*show)(struct kseq *m, void *v), void *data)
{
	struct kseq_ops *op = kzalloc(sizeof(*op), 0);
	struct kseq *m;

	kernel_only();
	*op = (struct kseq_ops){single_start, single_stop, single_next, show};
	kseq_open(f, op);
	m = f->private_data;
	m->private = data;
	return 0;
}

long kseq_read(struct kfile *f, char *to, size_t len, long *pos)
{
	struct kseq *m = f->private_data;
	void *v;

	kernel_only();
	m->buf = to;
	m->size = len;
	m->count = 0;
	v = m->op->start(m, &m->index);
	while (v && !KIS_ERR(v) && m->count + 24 < m->size) {
		if (m->op->show(m, v) < 0)
			break;
		v = m->op->next(m, v, &m->index);
	}
	m->op->stop(m, v);
	*pos += m->count;
	return m->count;
}

int kseq_release_private(struct kinode *i, struct kfile *f)
{
	struct kseq *m = f->private_data;

	kernel_only();
	if (m->op->start == single_start)
		kfree(m->op);
	else
		kfree(m->private);
	kfree(m);
	f->private_data = NULL;
	return i->ino;
}

static void add(struct kseq *m, char c)
{
	if (m->count < m->size)
		m->buf[m->count++] = c;
}

void kseq_puts(struct kseq *m, const char *s)
{
	kernel_only();
	while (*s)
		add(m, *s++);
}

void kseq_put_dec(struct kseq *m, const char *before, u64 value)
{
	u64 unit = 1;

	kernel_only();
	kseq_puts(m, before);
	while (value / unit > 9)
		unit *= 10;
	for (; unit; unit /= 10)
		add(m, '0' + value / unit % 10);
}

void kseq_hex(struct kseq *m, const u8 *data, u32 len)
{
	kernel_only();
	for (u32 i = 0; i < len; i++) {
		add(m, "0123456789abcdef"[data[i] >> 4]);
		add(m, "0123456789abcdef"[data[i] & 15]);
	}
}

int kidr_alloc(struct kidr *idr, void *p, int start, int end)
{
	kernel_only();
	if (!idr->slots) {
		idr->size = 8;
		idr->slots = kzalloc(8 * sizeof(void *), 0);
	}
	for (int i = start; i < (end ? end : idr->size); i++)
		if (!idr->slots[i]) {
			idr->slots[i] = p;
			idr->next = i + 1;
			return i;
		}
	return -28;
}

void *kidr_find(struct kidr *idr, int id)
{
	kernel_only();
	return id < idr->size ? idr->slots[id] : NULL;
}

void *kidr_next(struct kidr *idr, int *id)
{
	kernel_only();
	for (int i = *id; i < idr->size; i++)
		if (idr->slots[i]) {
			*id = i;
			return idr->slots[i];
		}
	return NULL;
}

void *kidr_remove(struct kidr *idr, int id)
{
	void *p = idr->slots[id];

	kernel_only();
	idr->slots[id] = NULL;
	return p;
}

int kidr_each(struct kidr *idr, int (*fn)(int id, void *p, void *data), void *data)
{
	int err = 0;

	kernel_only();
	for (int i = 0; i < idr->size && !err; i++)
		if (idr->slots[i])
			err = fn(i, idr->slots[i], data);
	return err;
}

void kidr_destroy(struct kidr *idr)
{
	kernel_only();
	kfree(idr->slots);
	idr->slots = NULL;
}

void kexit(void (*exit)(void))
{
	kernel_only();
	exit_function = exit;
}

static void show(struct kdentry *d, struct kfile *f, size_t len)
{
	char *page = kzalloc(len, 0);
	long n = d->fops->read(f, page, len, &f->pos), sum = 0;

	for (long i = 0; i < n; i++)
		sum = (sum * 31 + page[i]) % 1000003;
	report(n * 10000000 + sum);
	kfree(page);
}

int later(void)
{
	struct kfile files[5] = {};

	*exported = 8;
	for (u32 i = 1; i < ndentries; i++) {
		struct kdentry *d = &dentries[i];

		files[i].inode = &d->inode;
		files[i].ops = d->fops;
		report(d->fops->open(&d->inode, &files[i]));
	}
	for (u32 i = 1; i < ndentries; i++)
		if (dentries[i].fops->write) {
			report(dentries[i].fops->write(&files[i], "0x20", 5, &files[i].pos));
			report(dentries[i].fops->write(&files[i], "2000", 5, &files[i].pos));
			report(dentries[i].fops->write(&files[i], "kxyz", 4, &files[i].pos));
			show(&dentries[i], &files[i], 100);
		}
	show(&dentries[1], &files[1], 40);
	show(&dentries[1], &files[1], 60);
	show(&dentries[1], &files[1], 400);
	for (u32 i = 1; i < ndentries; i++) {
		report(files[i].pos);
		report(dentries[i].fops->release(&dentries[i].inode, &files[i]));
	}
	exit_function();
	return ndentries;
}
