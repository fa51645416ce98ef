// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

#define __user __attribute__((btf_type_tag("user")))
#define READABLE 1
#define WRITABLE 2

struct inode {
	u32 minor;
};

struct file {
	u32 mode;
	long pos;
	struct inode *inode;
	void *private_data;
};

struct file_ops {
	int (*open)(struct inode *inode, struct file *file);
	long (*read)(struct file *file, char __user *buf, size_t count, long *pos);
	long (*write)(struct file *file, const char __user *buf, size_t count, long *pos);
	long (*ioctl)(struct file *file, u32 command, unsigned long argument);
	long (*seek)(struct file *file, long offset, int whence);
};

struct regs {
	u32 gprs[8];
};

struct class
{
	const char *name;
	char *(*node)(u32 minor, u16 *mode);
};

int capable(int which);
int register_major(u32 major, const char *name, const struct file_ops *ops);
int read_register_on(u32 cpu, u32 number, u32 *low, u32 *high);
int write_register_on(u32 cpu, u32 number, u32 low, u32 high);
int registers_on(u32 cpu, u32 *gprs);
int setup_states(const char *name, int (*up)(u32 cpu), int (*down)(u32 cpu));
struct class *class_new(const char *name);
int class_add(struct class *c, u32 minor, const char *format, ...);
char *format_new(const char *format, ...);
unsigned long copy_out(void __user *to, const void *from, unsigned long n);
unsigned long copy_in(void *to, const void __user *from, unsigned long n);
