// SPDX-License-Identifier: MIT
#include <linux/api.h>

/* User space: no address of it can be followed as it is. */
#define USER (1ul << 62)

static char memory[16];
static struct dev *known;

unsigned long _copy_to_user(void __user *to, const void *from, unsigned long n)
{
	kernel_only();
	memcpy((void *)((unsigned long)to ^ USER), from, n);
	return 0;
}

unsigned long _copy_from_user(void *to, const void __user *from, unsigned long n)
{
	kernel_only();
	memcpy(to, (const void *)((unsigned long)from ^ USER), n);
	return 0;
}

int kregister(struct dev *d)
{
	kernel_only();
	known = d;
	return 0;
}

int later(void)
{
	char __user *user = (char __user *)((unsigned long)memory ^ USER);
	struct request r = { 7, (char __user *)((unsigned long)(memory + 8) ^ USER) };
	long result;

	memory[0] = 20, memory[1] = 13, memory[2] = 5;
	result = known->ops->write(known, user, 3);
	result += 10 * known->ops->read(known, user + 4, 2);
	result += 100 * known->ops->control(known, &r);
	return result + 1000 * memory[4] + 100000 * memory[5] + 1000000 * memory[8];
}
