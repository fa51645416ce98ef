// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct input_dev *device;
static int (*handler)(int irq, void *data);
static void *cookie;
static long packet;

struct input_dev *kinput_allocate(void)
{
	kernel_only();
	return kzalloc(sizeof(struct input_dev), 0);
}

int kinput_register(struct input_dev *dev)
{
	kernel_only();
	dev->evbit[0] |= 1;
	dev->repeat = dev->id.product + dev->name[2];
	device = dev;
	for (u32 i = 0; i < BITS(256); i++)
		report(dev->keybit[i] % 1000003);
	return 0;
}

void kinput_event(struct input_dev *dev, u32 type, u32 code, int value)
{
	kernel_only();
	if (!(dev->evbit[0] & 1ul << type))
		return;
	if (type == 0) {
		report(packet);
		packet = 0;
		return;
	}
	if (type == 1) {
		unsigned long bit = 1ul << code % 64;

		if (!(dev->keybit[code / 64] & bit) || !!(dev->key[code / 64] & bit) == value)
			return;
		dev->key[code / 64] ^= bit;
	}
	if (type == 3) {
		struct input_absinfo *abs = &dev->absinfo[code];

		if (value < abs->minimum)
			value = abs->minimum;
		if (value > abs->maximum)
			value = abs->maximum;
		if (abs->value - value <= abs->fuzz && value - abs->value <= abs->fuzz)
			return;
		abs->value = value;
	}
	packet = (packet * 31 + code * 7 + value) % 1000003;
}

void kinput_set_abs(struct input_dev *dev, u32 axis, int min, int max, int fuzz)
{
	kernel_only();
	if (!dev->absinfo)
		dev->absinfo = kzalloc(64 * sizeof(*dev->absinfo), 0);
	dev->absinfo[axis].minimum = min;
	dev->absinfo[axis].maximum = max;
	dev->absinfo[axis].fuzz = fuzz;
	dev->absbit[0] |= 1ul << axis;
	dev->evbit[0] |= 1ul << 3;
}

int kinput_ff_create(struct input_dev *dev, int max_effects)
{
	kernel_only();
	if (max_effects > 4)
		return -22;
	dev->ff = kzalloc(sizeof(*dev->ff), 0);
	dev->ff->max_effects = max_effects;
	dev->evbit[0] |= 1ul << 0x15;
	return 0;
}

int kinput_irq(int (*h)(int irq, void *data), void *data)
{
	kernel_only();
	handler = h;
	cookie = data;
	return 0;
}

static int upload(struct ff_effect *effect, int id)
{
	struct ff_device *ff = device->ff;
	struct ff_effect *old = id < 0 ? NULL : &ff->effects[id];
	int err;

	for (int i = 0; id < 0 && i < ff->max_effects; i++)
		if (!ff->effects[i].type)
			id = i;
	if (id < 0)
		return -28;
	effect->id = id;
	err = ff->upload(device, effect, old);
	if (err)
		return err;
	ff->effects[id] = *effect;
	return id * 1000 + effect->length;
}

int later(void)
{
	short wave[5] = {5, -6, 7, -8, 9};
	struct ff_effect rumble = {.type = 0x50, .u.rumble = {40000, 20000}};
	struct ff_effect periodic = {.type = 0x51, .u.periodic = {1, 50, -300, 3, wave}};
	struct ff_effect constant = {.type = 0x52, .u.constant = 4};
	int r, p;

	device->users++;
	report(device->open(device));
	for (int i = 1; i < 5; i++)
		report(handler(i * 3, cookie));
	report(r = upload(&rumble, -1));
	report(p = upload(&periodic, -1));
	report(upload(&constant, -1));
	report(upload(&rumble, p / 1000));
	periodic.u.periodic.custom_len = 5;
	report(upload(&periodic, p / 1000));
	periodic.u.periodic.custom_len = 4;
	wave[3] = 100;
	report(upload(&periodic, p / 1000));
	device->ff->playback(device, r / 1000, 2);
	device->ff->playback(device, p / 1000, 1);
	device->ff->playback(device, p / 1000, 4);
	device->ff->erase(device, p / 1000);
	device->ff->effects[p / 1000].type = 0;
	report(device->event(device, 0x11, 2, 1));
	report(device->event(device, 0x11, 0, 1));
	report(device->event(device, 0x12, 0, 1));
	device->users++;
	report(device->open(device));
	device->close(device);
	return device->key[0] % 1000003 + device->key[2];
}
