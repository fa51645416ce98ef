// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>
void note(long value);

struct inode {
	u32 minor;
	void *cdev;
};

struct file {
	const struct file_operations *f_op;
	void *private_data;
	long f_pos;
	u32 flags;
};

struct file_operations {
	int (*open)(struct inode *i, struct file *f);
	long (*read)(struct file *f, char *buf, size_t n, long *pos);
	long (*write)(struct file *f, const char *buf, size_t n, long *pos);
	long (*ioctl)(struct file *f, u32 cmd, unsigned long arg);
	int (*release)(struct inode *i, struct file *f);
	long (*llseek)(struct file *f, long off, int whence);
};

struct miscdevice {
	int minor;
	const char *name;
	const struct file_operations *fops;
	struct miscdevice *next;
};

int kmisc_add(struct miscdevice *m);
long simple_read(char *to, size_t n, long *pos, const void *from, size_t avail);
