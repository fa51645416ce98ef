// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct input_dev *input;
static void (*scanner)(void *data, u32 matrix);
static void *scanned;

struct input_dev *input_allocate(void)
{
	kernel_only();
	return kzalloc(sizeof(struct input_dev), 0);
}

int input_set_abs(struct input_dev *dev, u32 axis, int min, int max, int fuzz)
{
	kernel_only();
	if (!dev->absinfo)
		dev->absinfo = kzalloc(4 * sizeof(*dev->absinfo), 0);
	dev->absinfo[axis].minimum = min;
	dev->absinfo[axis].maximum = max;
	dev->absinfo[axis].fuzz = fuzz;
	dev->evbit[0] |= 1 << 3;
	return 0;
}

int request_scan(void (*scan)(void *data, u32 matrix), void *data)
{
	kernel_only();
	scanner = scan;
	scanned = data;
	return 0;
}

static u32 fetch(struct input_dev *dev, u32 index)
{
	switch (dev->keycodesize) {
	case 1:
		return ((u8 *)dev->keycode)[index];
	case 2:
		return ((u16 *)dev->keycode)[index];
	default:
		return ((u32 *)dev->keycode)[index];
	}
}

int input_register(struct input_dev *dev)
{
	u32 sum = 0;

	kernel_only();
	input = dev;
	for (u32 i = 0; i < dev->keycodemax; i++)
		sum = sum * 3 + fetch(dev, i);
	report(sum);
	report(dev->keybit[0] >> 16);
	return 0;
}

void input_event(struct input_dev *dev, u32 type, u32 code, int value)
{
	kernel_only();
	if (type == 3) {
		struct abs_info *a = &dev->absinfo[code];

		a->value = value > a->maximum ? a->maximum : value - a->fuzz;
		return;
	}
	report(type * 100000 + code * 10 + value);
}

int later(void)
{
	scanner(scanned, 0xff);
	report(input->open(input));
	scanner(scanned, 0x805);
	((u16 *)input->keycode)[2] = 200;
	scanner(scanned, 0x01900801);
	scanner(scanned, 0x7fff0004);
	input->close(input);
	scanner(scanned, 2);
	return input->absinfo[1].value;
}
