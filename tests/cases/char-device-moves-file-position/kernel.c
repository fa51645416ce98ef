// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct cdev *added;

int cdev_add(struct cdev *cdev, u32 dev, u32 count)
{
	kernel_only();
	cdev->count = count + 1;
	added = cdev;
	return dev;
}

u64 copy_user(void *to, const void *from, u64 n)
{
	kernel_only();
	memcpy(to, from, n);
	return 0;
}

int later(void)
{
	const struct file_operations *op = added->ops;
	struct file w = {.cdev = added}, r = {.cdev = added}, a = {.cdev = added, .f_flags = 1};
	char in[10] = "abcdefghi", out[16] = "";
	int sum = 0;
	kernel_only();
	op->open(&w);
	op->write(&w, in, 7, &w.f_pos);
	op->open(&r);
	op->open(&a);
	op->read(&r, out, 6, &r.f_pos);
	sum += op->write(&a, in, 9, &a.f_pos) * 1000;
	sum += op->read(&r, out + 1, 15, &r.f_pos) * 100;
	for (u32 i = 0; i < 16; i++)
		sum += out[i] * (i + 1);
	return sum + (a.f_pos + r.f_pos + w.f_pos) * 100000;
}
