// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct input_dev *registered;
static long packet[8];
static int events;

struct input_dev *input_allocate_device(void)
{
	struct input_dev *dev = kzalloc(sizeof(*dev), 0);

	kernel_only();
	if (dev)
		dev->id.vendor = 0x1209;
	return dev;
}

void input_free_device(struct input_dev *dev)
{
	kernel_only();
	kfree(dev->absinfo);
	kfree(dev);
}

void input_set_abs_params(struct input_dev *dev, unsigned axis, int min, int max, int fuzz)
{
	kernel_only();
	if (!dev->absinfo)
		dev->absinfo = kzalloc(ABS_CNT * sizeof(*dev->absinfo), 0);
	dev->absinfo[axis].minimum = min;
	dev->absinfo[axis].maximum = max;
	dev->absinfo[axis].fuzz = fuzz;
	__set_bit(EV_ABS, dev->evbit);
	__set_bit(axis, dev->absbit);
}

int input_register_device(struct input_dev *dev)
{
	kernel_only();
	if ((dev->evbit[0] >> EV_ABS & 1) && !dev->absinfo)
		return -22;
	__set_bit(EV_SYN, dev->evbit);
	registered = dev;
	return 0;
}

void input_event(struct input_dev *dev, unsigned type, unsigned code, int value)
{
	struct input_absinfo *abs;

	kernel_only();
	if (type == EV_ABS) {
		abs = &dev->absinfo[code];
		if (!(dev->absbit[0] >> code & 1) || value > abs->maximum)
			return;
		if (value < abs->value + abs->fuzz && value > abs->value - abs->fuzz)
			return;
		abs->value = value;
	} else if (type == EV_KEY && !(dev->keybit[code / 64] >> code % 64 & 1)) {
		return;
	}
	packet[events++ & 7] = type << 16 | code << 8 | (value & 0xff);
}

int later(void)
{
	struct input_dev *dev = registered;

	report(dev->open(dev));
	for (int i = 0; i < events; i++)
		report(packet[i]);
	((u16 *)dev->keycode)[3] = 0;
	dev->led[0] = 5;
	report(dev->event(dev, EV_LED, 0, 1));
	events = 0;
	report(dev->open(dev));
	report(events);
	report(dev->absinfo[ABS_X].value + dev->name[0]);
	return 0;
}
