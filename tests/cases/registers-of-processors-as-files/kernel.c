// SPDX-License-Identifier: MIT
#include <linux/api.h>

/* User space: no address of it can be followed as it is. */
#define USER (1ul << 62)

int vsnprintf(char *to, size_t size, const char *format, __builtin_va_list list);

static const struct file_ops *known;
static const char *known_name;
static struct class made;
static u64 registers[4][4];
static int (*going)(u32 cpu);
static u8 memory[64];

int capable(int which)
{
	kernel_only();
	return which == 17;
}

int register_major(u32 major, const char *name, const struct file_ops *ops)
{
	kernel_only();
	known = ops;
	known_name = name;
	return major == 202 ? 0 : -16;
}

int read_register_on(u32 cpu, u32 number, u32 *low, u32 *high)
{
	kernel_only();
	if (number >= 4)
		return -5;
	*low = registers[cpu][number];
	*high = registers[cpu][number] >> 32;
	registers[cpu][number]++;
	return 0;
}

int write_register_on(u32 cpu, u32 number, u32 low, u32 high)
{
	kernel_only();
	if (number >= 4)
		return -5;
	registers[cpu][number] = low | (u64)high << 32;
	return 0;
}

int registers_on(u32 cpu, u32 *gprs)
{
	kernel_only();
	for (int i = 0; i < 8; i++)
		gprs[i] = gprs[i] * 3 + cpu;
	return 0;
}

int setup_states(const char *name, int (*up)(u32 cpu), int (*down)(u32 cpu))
{
	int status = 0;

	kernel_only();
	report(name[4]);
	for (u32 cpu = 0; cpu < 4 && !status; cpu++)
		status = up(cpu);
	going = down;
	return status;
}

struct class *class_new(const char *name)
{
	kernel_only();
	made.name = name;
	return &made;
}

static void text(const char *string)
{
	long hash = 0;

	while (*string)
		hash = hash * 31 + *string++;
	report(hash);
}

int class_add(struct class *c, u32 minor, const char *format, ...)
{
	char name[16];
	u16 mode = 0;
	char *node;
	__builtin_va_list list;

	kernel_only();
	__builtin_va_start(list, format);
	vsnprintf(name, sizeof name, format, list);
	__builtin_va_end(list);
	text(name);
	text(c->name);
	node = c->node(minor, &mode);
	report(mode);
	text(node);
	kfree(node);
	return 0;
}

char *format_new(const char *format, ...)
{
	char *to = kzalloc(24, 0);
	__builtin_va_list list;

	kernel_only();
	__builtin_va_start(list, format);
	vsnprintf(to, 24, format, list);
	__builtin_va_end(list);
	return to;
}

unsigned long copy_out(void __user *to, const void *from, unsigned long n)
{
	kernel_only();
	memcpy((void *)((unsigned long)to ^ USER), from, n);
	return 0;
}

unsigned long copy_in(void *to, const void __user *from, unsigned long n)
{
	kernel_only();
	memcpy(to, (const void *)((unsigned long)from ^ USER), n);
	return 0;
}

int later(void)
{
	char __user *user = (char __user *)((unsigned long)memory ^ USER);
	struct inode inode = {2};
	struct file file = {.mode = READABLE, .inode = &inode};
	long sum = 0;

	report(known->open(&inode, &file));
	report(file.pos);
	report(known->seek(&file, 1 - file.pos, 1));
	report(file.pos);
	registers[2][1] = 0x500000007;
	report(known->read(&file, user, 24, &file.pos));
	for (int i = 0; i < 24; i++)
		sum = sum * 3 + memory[i];
	report(sum);
	file.pos = 3;
	memory[0] = 9;
	report(known->write(&file, user, 8, &file.pos));
	report(registers[2][3]);
	file.pos = 7;
	report(known->write(&file, user, 8, &file.pos));
	report(known->read(&file, user, 5, &file.pos));
	for (int i = 0; i < 32; i++)
		memory[i] = i;
	report(known->ioctl(&file, 0xa0, (unsigned long)user));
	for (int i = 0; i < 32; i++)
		sum = sum * 3 + memory[i];
	report(sum);
	report(known->ioctl(&file, 1, 0));
	inode.minor = 5;
	report(known->open(&inode, &file));
	report(going(1));
	text(known_name);
	return 0;
}
