// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct miscdevice *only;
static int events;

int misc_register(struct miscdevice *misc)
{
	kernel_only();
	only = misc;
	misc->minor = misc->minor == 255 ? 61 : misc->minor;
	return misc->minor;
}

u64 copy_user(void *to, const void *from, u64 n)
{
	kernel_only();
	memcpy(to, from, n);
	return 0;
}

void ctl_event(struct miscdevice *misc, const struct ctl_arg *arg)
{
	kernel_only();
	misc->changes++;
	events = events * 2 + (arg->type == CTL_INT	      ? arg->value
				      : arg->type == CTL_BOOL ? arg->on
							      : arg->range.max - arg->range.min);
}

int later(void)
{
	struct ctl_arg set[4] = {{0, CTL_INT, {.value = -58}}, {1, CTL_BOOL, {.on = 9}},
		{2, CTL_RANGE, {.range = {40, 7}}}, {.id = 1, .type = CTL_RANGE}};
	struct ctl_arg get = {.id = 2};
	long sum = 0;
	kernel_only();
	for (u32 i = 0; i < 4; i++)
		sum = sum * 3 + only->ioctl(only, CTL_SET, (unsigned long)&set[i]);
	only->ioctl(only, CTL_GET, (unsigned long)&get);
	sum = sum * 100 + get.range.max - get.range.min;
	get.id = 0;
	only->ioctl(only, CTL_GET, (unsigned long)&get);
	return sum * 10000 + events + get.value;
}
