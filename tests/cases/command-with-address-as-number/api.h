// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

enum { TUNE_GET = 0x40, TUNE_SET, TUNE_SPEED };

struct tuning {
	u32 band, step;
};

struct file {
	u32 mode;
	void *private;
};

struct file_ops {
	int (*open)(struct file *f);
	long (*ioctl)(struct file *f, unsigned int cmd, unsigned long arg);
};

int kdev(const struct file_ops *ops);
long kctl(u32 cmd, unsigned long arg);
