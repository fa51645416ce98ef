// SPDX-License-Identifier: MIT
// A device: a number written to it is how often the clock is to tick; it reads as how often it has.
#include <clock.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static struct clock *the_clock;

static struct clock *clock_of(struct file *file)
{
	return container_of(file->private_data, struct clock, device);
}

static ssize_t ticking_clock_read(struct file *file, char __user *to, size_t size, loff_t *at)
{
	char text[16];
	int length = snprintf(text, sizeof(text), "%u\n", clock_ticked(clock_of(file)));

	return simple_read_from_buffer(to, size, at, text, length);
}

static ssize_t ticking_clock_write(
	struct file *file, const char __user *from, size_t size, loff_t *at)
{
	unsigned int ticks;
	int error = kstrtouint_from_user(from, size, 0, &ticks);

	if (error)
		return error;
	clock_start(clock_of(file), ticks);
	return size;
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.read = ticking_clock_read,
	.write = ticking_clock_write,
	.llseek = default_llseek,
};

static int __init ticking_clock_init(void)
{
	int error;

	the_clock = kzalloc(sizeof(*the_clock), GFP_KERNEL);
	if (!the_clock)
		return -ENOMEM;
	clock_init(the_clock);
	the_clock->device.minor = MISC_DYNAMIC_MINOR;
	the_clock->device.name = "ks_clock";
	the_clock->device.fops = &operations;
	error = misc_register(&the_clock->device);
	if (error)
		kfree(the_clock);
	return error;
}

static void __exit ticking_clock_exit(void)
{
	misc_deregister(&the_clock->device);
	clock_stop(the_clock);
	kfree(the_clock);
}

module_init(ticking_clock_init);
module_exit(ticking_clock_exit);
MODULE_LICENSE("Dual MIT/GPL");
