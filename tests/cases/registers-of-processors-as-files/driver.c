// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct class *class;
static int added;

static long x_read(struct file *file, char __user *buf, size_t count, long *pos)
{
	u32 __user *to = (u32 __user *)buf;
	u32 data[2];
	u32 number = *pos;
	u32 cpu = file->inode->minor;
	int status = 0;
	long bytes = 0;

	if (count % 8)
		return -22;
	for (; count; count -= 8) {
		status = read_register_on(cpu, number, &data[0], &data[1]);
		if (status)
			break;
		if (copy_out(to, data, 8)) {
			status = -14;
			break;
		}
		to += 2;
		bytes += 8;
	}
	return bytes ? bytes : status;
}

static long x_write(struct file *file, const char __user *buf, size_t count, long *pos)
{
	const u32 __user *from = (const u32 __user *)buf;
	u32 data[2];
	u32 number = *pos;
	u32 cpu = file->inode->minor;
	int status = 0;
	long bytes = 0;

	if (count % 8)
		return -22;
	for (; count; count -= 8) {
		if (copy_in(&data, from, 8)) {
			status = -14;
			break;
		}
		status = write_register_on(cpu, number, data[0], data[1]);
		if (status)
			break;
		from += 2;
		bytes += 8;
	}
	return bytes ? bytes : status;
}

static long x_ioctl(struct file *file, u32 command, unsigned long argument)
{
	u32 __user *to = (u32 __user *)argument;
	u32 regs[8];
	int status;

	if (command != 0xa0)
		return -25;
	if (!(file->mode & READABLE))
		return -9;
	if (copy_in(&regs, to, sizeof regs))
		return -14;
	status = registers_on(file->inode->minor, regs);
	if (status)
		return status;
	if (copy_out(to, &regs, sizeof regs))
		status = -14;
	return status;
}

static int x_open(struct inode *inode, struct file *file)
{
	if (!capable(17))
		return -1;
	if (inode->minor >= 4)
		return -6;
	file->pos = inode->minor * 16;
	return 0;
}

static long x_seek(struct file *file, long offset, int whence)
{
	if (whence == 1)
		offset += file->pos;
	else if (whence)
		return -22;
	return file->pos = offset;
}

static const struct file_ops ops = {
	.open = x_open,
	.read = x_read,
	.write = x_write,
	.ioctl = x_ioctl,
	.seek = x_seek,
};

static int x_up(u32 cpu)
{
	added++;
	return class_add(class, cpu, "msr%d", cpu);
}

static int x_down(u32 cpu)
{
	added -= 1 + cpu;
	return 0;
}

static char *x_node(u32 minor, u16 *mode)
{
	if (mode)
		*mode = 0600 + minor;
	return format_new("cpu/%u/msr", minor);
}

static int x_init(void)
{
	int status = register_major(202, "cpu/msr", &ops);

	if (status)
		return status;
	class = class_new("msr");
	class->node = x_node;
	status = setup_states("x86/msr:online", x_up, x_down);
	report(added);
	return status;
}

module_init(x_init);
