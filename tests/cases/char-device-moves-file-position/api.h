// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct file;

struct file_operations {
	int (*open)(struct file *file);
	long (*read)(struct file *file, char *buf, size_t n, long *pos);
	long (*write)(struct file *file, const char *buf, size_t n, long *pos);
};

struct cdev {
	const struct file_operations *ops;
	u32 count;
};

struct file {
	struct cdev *cdev;
	void *private_data;
	long f_pos;
	u32 f_flags;
};

int cdev_add(struct cdev *cdev, u32 dev, u32 count);
u64 copy_user(void *to, const void *from, u64 n);
