// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct input_dev *only;
static int (*irq_handler)(int irq, void *data);
static void *irq_data;
static int irq_line, seen;

struct input_dev *input_allocate_device(void)
{
	kernel_only();
	return kzalloc(sizeof(struct input_dev), 0);
}

int input_register_device(struct input_dev *dev)
{
	kernel_only();
	only = dev;
	return dev->open(dev) + dev->evbit[0];
}

void input_event(struct input_dev *dev, u32 type, u32 code, int value)
{
	struct input_absinfo *abs = &dev->absinfo[1];
	kernel_only();
	if (type == EV_KEY && dev->keybit[code / 64] >> code % 64 & 1)
		seen = seen * 2 + code + value;
	if (type == EV_ABS && dev->evbit[0] >> EV_ABS & 1 && value <= abs->maximum &&
		value - abs->value >= abs->fuzz)
		abs->value = value;
}

int request_irq(int irq, int (*handler)(int irq, void *data), void *data)
{
	kernel_only();
	irq_handler = handler;
	irq_data = data;
	irq_line = irq;
	return 0;
}

int later(void)
{
	int sum = 0;
	kernel_only();
	for (u32 i = 0; i < 3; i++)
		sum = sum * 10 + irq_handler(irq_line, irq_data);
	return sum + seen;
}
