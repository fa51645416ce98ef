// SPDX-License-Identifier: MIT
#include <linux/api.h>

static long one(const struct file_ops *ops, struct file *file, u32 command, u32 argument)
{
	struct request request = {command, argument, 9};
	long result = ops->ioctl(file, &request);

	return result * 1000 + request.answer * 10 + file->position;
}

int kdev(const struct file_ops *ops)
{
	static struct file file;
	long sum = 0;

	kernel_only();
	ops->open(&file);
	sum += one(ops, &file, 0x10, 0);
	sum = sum * 3 + one(ops, &file, 0x11, 7);
	sum = sum * 3 + one(ops, &file, 0x20, 4);
	sum = sum * 3 + one(ops, &file, 0x10, 0);
	sum = sum * 3 + one(ops, &file, 0x33, 1);
	return sum;
}
