// SPDX-License-Identifier: MIT
#include <linux/api.h>

#define SIZE 12UL

struct x_dev {
	struct cdev cdev;
	char mem[SIZE];
	u64 end;
};

static int x_open(struct file *file)
{
	struct x_dev *x = container_of(file->cdev, struct x_dev, cdev);
	file->private_data = x;
	if (file->f_flags & 1)
		file->f_pos = x->end;
	return 0;
}

static long x_read(struct file *file, char *buf, size_t n, long *pos)
{
	struct x_dev *x = file->private_data;
	if ((u64)*pos >= x->end)
		return 0;
	n = n > x->end - *pos ? x->end - *pos : n;
	if (copy_user(buf, x->mem + *pos, n))
		return -14;
	*pos += n;
	return n;
}

static long x_write(struct file *file, const char *buf, size_t n, long *pos)
{
	struct x_dev *x = file->private_data;
	n = n > SIZE - *pos ? SIZE - *pos : n;
	if (copy_user(x->mem + *pos, buf, n))
		return -14;
	*pos += n;
	if ((u64)*pos > x->end)
		x->end = *pos;
	return n;
}

static const struct file_operations x_fops = {x_open, x_read, x_write};

static int x_init(void)
{
	struct x_dev *x = kzalloc(sizeof *x, 0);
	x->cdev.ops = &x_fops;
	report(cdev_add(&x->cdev, 5, 1));
	report(x->cdev.count);
	return 0;
}
module_init(x_init);
