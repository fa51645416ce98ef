// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct vops;
struct fops;

struct page {
	u32 index;
	u8 data[16];
};

struct vma {
	u64 start, end, pgoff;
	void *priv;
	const struct vops *ops;
	u32 flags;
};

struct vmf {
	struct vma *vma;
	u64 pgoff;
	u32 flags;
	struct page *page;
};

struct vops {
	void (*open)(struct vma *);
	void (*close)(struct vma *);
	int (*fault)(struct vmf *);
};

struct file {
	void *priv;
	const struct fops *fops;
	u32 mode;
};

struct fops {
	int (*open)(struct file *f);
	int (*mmap)(struct file *f, struct vma *v);
	int (*release)(struct file *f);
	long (*ioctl)(struct file *f, u32 cmd, u64 arg);
};

int chr_register(const struct fops *f);
struct page *page_alloc(void);
void page_put(struct page *p);
