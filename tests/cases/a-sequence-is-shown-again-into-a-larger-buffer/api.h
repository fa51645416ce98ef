// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct seq_file;
struct file;

struct seq_operations {
	void *(*start)(struct seq_file *m, long *pos);
	void (*stop)(struct seq_file *m, void *v);
	void *(*next)(struct seq_file *m, void *v, long *pos);
	int (*show)(struct seq_file *m, void *v);
};

struct seq_file {
	char *buf;
	size_t size;
	size_t count;
	const struct seq_operations *op;
	void *private;
};

struct inode {
	void *i_private;
};

struct file_operations {
	int (*open)(struct inode *inode, struct file *file);
	long (*write)(struct file *file, const char *buf, size_t count, long *pos);
	int (*release)(struct inode *inode, struct file *file);
};

struct file {
	struct inode *f_inode;
	void *private_data;
};

struct debugfs_blob_wrapper {
	void *data;
	unsigned long size;
};

struct dentry *debugfs_create_dir(const char *name);
void debugfs_create_file(const char *name, u16 mode, struct dentry *parent, void *data,
	const struct file_operations *fops);
void debugfs_create_u32(const char *name, u16 mode, struct dentry *parent, u32 *value);
void debugfs_create_blob(
	const char *name, u16 mode, struct dentry *parent, struct debugfs_blob_wrapper *blob);
int seq_open(struct file *file, const struct seq_operations *op);
int seq_release(struct inode *inode, struct file *file);
void seq_puts(struct seq_file *m, const char *s);
void seq_put_decimal_ull(struct seq_file *m, const char *delimiter, u64 num);
struct list_head *seq_list_start(struct list_head *head, long pos);
struct list_head *seq_list_next(void *v, struct list_head *head, long *pos);
int kstrtouint(const char *string, unsigned base, unsigned *result);
