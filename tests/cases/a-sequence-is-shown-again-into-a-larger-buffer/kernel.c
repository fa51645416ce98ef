// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct dentry {
	struct inode inode;
	const struct file_operations *fops;
	u32 *value;
	struct debugfs_blob_wrapper *blob;
};

static struct dentry directory;

struct dentry *debugfs_create_dir(const char *name)
{
	kernel_only();
	return &directory;
}

void debugfs_create_file(const char *name, u16 mode, struct dentry *parent, void *data,
	const struct file_operations *fops)
{
	kernel_only();
	parent->inode.i_private = data;
	parent->fops = fops;
}

void debugfs_create_u32(const char *name, u16 mode, struct dentry *parent, u32 *value)
{
	kernel_only();
	parent->value = value;
}

void debugfs_create_blob(
	const char *name, u16 mode, struct dentry *parent, struct debugfs_blob_wrapper *blob)
{
	kernel_only();
	parent->blob = blob;
}

int seq_open(struct file *file, const struct seq_operations *op)
{
	struct seq_file *m = kzalloc(sizeof(*m), 0);

	kernel_only();
	m->op = op;
	file->private_data = m;
	return 0;
}

int seq_release(struct inode *inode, struct file *file)
{
	struct seq_file *m = file->private_data;

	kernel_only();
	kfree(m->buf);
	kfree(m);
	return 0;
}

void seq_puts(struct seq_file *m, const char *s)
{
	kernel_only();
	while (*s && m->count < m->size)
		m->buf[m->count++] = *s++;
	if (*s)
		m->count = m->size;
}

void seq_put_decimal_ull(struct seq_file *m, const char *delimiter, u64 num)
{
	char digits[24] = {0};
	int at = 23;

	do {
		digits[--at] = '0' + num % 10;
	} while (num /= 10);
	seq_puts(m, delimiter);
	seq_puts(m, digits + at);
}

struct list_head *seq_list_start(struct list_head *head, long pos)
{
	struct list_head *at = head->next;

	kernel_only();
	while (pos-- && at != head)
		at = at->next;
	return at == head ? NULL : at;
}

struct list_head *seq_list_next(void *v, struct list_head *head, long *pos)
{
	struct list_head *next = ((struct list_head *)v)->next;

	kernel_only();
	++*pos;
	return next == head ? NULL : next;
}

static long seq_read(struct seq_file *m)
{
	long pos, sum = 0;

	for (m->size = 16;; m->size *= 2) {
		kfree(m->buf);
		m->buf = kzalloc(m->size, 0);
		m->count = pos = 0;
		for (void *v = m->op->start(m, &pos);; v = m->op->next(m, v, &pos))
			if (!v || m->op->show(m, v) < 0 || m->count == m->size) {
				m->op->stop(m, v);
				break;
			}
		if (m->count < m->size)
			break;
	}
	for (size_t i = 0; i < m->count; i++)
		sum = (sum * 31 + m->buf[i]) & 0xffffff;
	report(m->size * 100 + m->count);
	return sum;
}

int later(void)
{
	struct file file = {.f_inode = &directory.inode};
	struct debugfs_blob_wrapper *blob = directory.blob;
	long pos = 3;

	report(directory.fops->open(file.f_inode, &file));
	report(seq_read(file.private_data));
	*directory.value = 700;
	report(directory.fops->write(&file, "10", 2, &pos));
	report(pos);
	report(seq_read(file.private_data));
	report(blob->size * 1000 + ((u8 *)blob->data)[5]);
	return directory.fops->release(file.f_inode, &file);
}
