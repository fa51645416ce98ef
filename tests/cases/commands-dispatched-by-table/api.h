// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct request {
	u32 command;
	u32 argument;
	u32 answer;
};

struct file {
	u32 position;
	void *private;
};

struct file_ops {
	int (*open)(struct file *file);
	long (*ioctl)(struct file *file, struct request *request);
};

int kdev(const struct file_ops *ops);
